import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { QuantityJson } from "@ea/energy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { FAKE_TOOLS, FAKE_WATTS } from "./fakes.ts";
import { makeProject, type Project, processesOfSession, processesWith } from "./project.ts";

const interval = z.tuple([z.number(), z.number()]).nullable();
const Document = z.object({
  interrupted: z.boolean(),
  sources: z.array(z.object({ name: z.string(), status: z.string() })),
  commands: z.array(
    z.object({
      command: z.string(),
      argv: z.array(z.string()),
      runs: z.array(
        z.object({
          exit_code: z.number().nullable(),
          signal: z.string().nullable(),
          duration_seconds: z.number(),
          energy: z.array(QuantityJson),
          power: z.array(
            z.object({ name: z.string(), mean_watts: z.number().nullable(), peak_watts: z.number().nullable() }),
          ),
          meters: z.record(z.string(), z.number()),
        }),
      ),
      summary: z.array(
        z.object({
          name: z.string(),
          device: z.string().nullable(),
          unit: z.enum(["J", "W", "s"]),
          n: z.number(),
          mean: z.number().nullable(),
          interval95: interval,
        }),
      ),
    }),
  ),
  comparison: z
    .array(z.object({ name: z.string(), change: z.number(), interval95: interval, text: z.string() }))
    .optional(),
  warnings: z.array(z.string()),
});

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
afterAll(() => project.remove());

/** With whatever this machine has: faster than the fakes. */
const measure = (...args: readonly string[]) => project.ea(["measure", ...args]);
const measureJson = (...args: readonly string[]) => documentOf({}, args);
const measureFakes = (...args: readonly string[]) => documentOf({ ...FAKE_TOOLS }, args);
async function documentOf(environment: Record<string, string>, args: readonly string[]) {
  const finished = await project.ea(["measure", "--json", ...args], environment);
  return { ...finished, document: Document.parse(JSON.parse(finished.out)) };
}
const near = (value: number | null | undefined, expected: number, share = 0.15): void => {
  expect(value).toBeGreaterThan(expected * (1 - share));
  expect(value).toBeLessThan(expected * (1 + share));
};

describe("one run of one command", () => {
  it("has the joules, the mean and the peak of what the meters counted, the time and the meters' own cost", async () => {
    const { code, document } = await measureFakes("--", "sleep", "2.2");
    expect(code).toBe(0);
    const [run] = document.commands[0]?.runs ?? [];
    if (!run) throw new Error("expected a run");
    expect(run).toMatchObject({ exit_code: 0, signal: null });
    expect(run.duration_seconds).toBeGreaterThanOrEqual(2.2);
    const counted = run.energy.filter(({ value, quality }) => value !== null && quality !== "estimated");
    expect(counted.map(({ name }) => name)).toContain("gpu");
    expect(counted.length).toBeGreaterThan(1);
    for (const { name, value, uncertainty } of counted) {
      const watts = FAKE_WATTS[name] ?? Number.NaN;
      near(value, watts * run.duration_seconds, 0.3);
      expect(uncertainty?.combined).toBeGreaterThan(0);
      const power = run.power.find((each) => each.name === name);
      near(power?.mean_watts, watts, 0.1);
      near(power?.peak_watts, watts, 0.1);
    }
    expect(Object.keys(run.meters)).toEqual(["nvidia-smi", "cpu", "cpu-estimate"]);
  });

  it("has a mean of one, and no interval", async () => {
    const { document } = await measureJson("--", "sleep", "0.1");
    const summary = document.commands[0]?.summary ?? [];
    expect(summary.find(({ unit }) => unit === "s")).toMatchObject({ name: "duration", n: 1, interval95: null });
    expect(document.warnings.join()).toContain("--runs 10");
    expect(document).not.toHaveProperty("comparison");
  });

  it("passes its arguments without a shell, numbers and flags untouched", async () => {
    const odd = ["1e-05", "$HOME", "a  b", "--runs", "--", "-x"];
    const { out, err } = await measure("--", "printf", "%s|", ...odd);
    expect(out).toBe(`${odd.join("|")}|`);
    expect(err).toContain("duration");
    expect(err).toMatch(/\nNext: ea measure --runs 10 -- printf '%s\|' 1e-05 '\$HOME' 'a {2}b' --runs -- -x\n$/);
  });

  it("its output goes through; with --json stdout has the document alone", async () => {
    const shown = await measure("--", "sh", "-c", "echo to-out; echo to-err >&2");
    expect(shown.out).toBe("to-out\n");
    expect(shown.err).toContain("to-err\n");
    const { err, document } = await measureJson("--", "sh", "-c", "echo to-out");
    expect(err).toContain("to-out\n");
    expect(document.commands[0]?.command).toBe("sh -c 'echo to-out'");
  });

  it("a table says where each value comes from, and why one is missing", async () => {
    const { err } = await project.ea(["measure", "--", "sleep", "1.1"], { ...FAKE_TOOLS, FAKE_GPU_MODE: "no-driver" });
    expect(err).toMatch(/^sleep 1\.1\n {2}quantity +energy +mean power +peak power +quality\n {2}duration +1\.1/m);
    expect(err).toMatch(/\n {2}cpu_\w+ +\d+\.\d J ± \d+\.\d J +\d+\.\d+ W .*measured\n/);
    expect(err).toMatch(/\n {2}gpu +- +- +- +unavailable: .*NVIDIA-SMI has failed/);
    expect(err).toMatch(/cpu_estimate .* estimated: a model, not a measurement\n/);
  });

  it("tells of another process that came to the GPU while it ran", async () => {
    const apps = join(project.path, "apps");
    const line = "GPU-00000000-0000-4000-8000-000000000000, 4711, python, 500";
    const environment = { ...FAKE_TOOLS, FAKE_GPU_APPS_FILE: apps };
    const { err } = await project.ea(["measure", "--", "sh", "-c", `echo "${line}" > "${apps}"`], environment);
    expect(err).toMatch(/warning: another process computes on GPU-\S+, and its energy .*: pid 4711 \(python\)/);
  });

  it("leaves no file behind, unless the raw files are to be kept, in a new directory", async () => {
    const { code } = await project.ea(["measure", "--keep", "raw/one", "--", "sleep", "0.1"], { ...FAKE_TOOLS });
    expect(code).toBe(0);
    expect(await readdir(join(project.path, "raw/one/command_1/run_1"))).toContain("gpu_raw.csv");
    const again = await measure("--keep", "raw/one", "--", "touch", "started");
    expect(again.code).toBe(125);
    expect(again.err).toContain("--keep: expected a new directory");
    expect(existsSync(join(project.path, "started"))).toBe(false);
  });
});

describe("several runs", () => {
  it("have mean and interval, and warm-up runs are not among them", async () => {
    const { document } = await measureFakes("-n", "3", "-w", "2", "--", "sh", "-c", "echo x >> count; sleep 0.5");
    expect(await readFile(join(project.path, "count"), "utf8")).toBe("x\n".repeat(5));
    const [command] = document.commands;
    expect(command?.runs).toHaveLength(3);
    const of = (name: string, unit: string) => {
      const row = command?.summary.find((each) => each.name === name && each.unit === unit);
      expect(row?.n).toBe(3);
      const [low = 0, high = 0] = row?.interval95 ?? [];
      expect(low).toBeLessThan(row?.mean ?? 0);
      expect(high).toBeGreaterThan(row?.mean ?? 0);
      return row?.mean ?? Number.NaN;
    };
    const seconds = of("duration", "s");
    expect(seconds).toBeGreaterThan(0.5);
    near(of("gpu", "J"), 100 * seconds, 0.4);
    near(of("gpu", "W"), 100, 0.1);
  });

  it("discard what the command prints; the table stands on stdout", async () => {
    const { out, err } = await measure("-n", "2", "echo noise");
    expect(out).toMatch(/^echo noise: 2 runs\n {2}quantity +mean ± 95 % +min … max/);
    expect(`${out}${err}`).not.toMatch(/^noise/m);
    expect((await measure("-n", "2", "--show-output", "echo noise")).out).toBe("noise\nnoise\n");
  });

  it("are a row each and quantity in the CSV", async () => {
    const { code } = await measure("-n", "2", "--export-csv", "runs.csv", "sleep 0.1", 'printf "a,b"');
    expect(code).toBe(0);
    const [header, ...rows] = (await readFile(join(project.path, "runs.csv"), "utf8")).trimEnd().split("\n");
    expect(header).toMatch(/^command,run,exit_code,.*duration_seconds,name,device,energy_joules,/);
    expect(rows.filter((row) => row.startsWith("sleep 0.1,0,0,"))).not.toEqual([]);
    expect(rows.filter((row) => row.startsWith('"printf ""a,b""",1,0,'))).not.toEqual([]);
  });
});

describe("several commands", () => {
  it("take turns, and are compared with the first one", async () => {
    const { document } = await measureFakes("-n", "3", "echo a >> turns; sleep 0.2", "echo b >> turns; sleep 0.6");
    expect(await readFile(join(project.path, "turns"), "utf8")).toBe("a\nb\nb\na\na\nb\n");
    const comparison = document.comparison ?? [];
    expect(comparison.map(({ name }) => name)).toEqual(expect.arrayContaining(["gpu", "duration"]));
    expect(comparison.map(({ name }) => name)).not.toContain("cpu_estimate");
    const gpu = comparison.find(({ name }) => name === "gpu");
    expect(gpu?.change).toBeGreaterThan(0.5);
    expect(gpu?.text).toMatch(/^'echo b .*' uses \d+.* % ± .* % more energy than 'echo a .*' \(gpu\)$/);
  });

  it("of which one is like the other are told to be so", async () => {
    const { out } = await measure("-n", "2", "true", ":");
    expect(out).toMatch(/no difference in \w+ can be told between ':' and 'true'/);
  });
});

describe("exit codes", () => {
  it.each([
    ["the command's own", ["--", "sh", "-c", "exit 7"], 7],
    ["128 and the signal, SIGKILL", ["--", "sh", "-c", "kill -9 $$"], 137],
    ["128 and the signal, SIGTERM", ["--", "sh", "-c", "kill $$"], 143],
    ["a shell's for a line that it does not know", ["no-such-program"], 127],
    ["125 for a command that cannot be started", ["--", "no-such-program"], 125],
    ["125 for a file that is no program", ["--", "./config/models_config.json"], 125],
  ])("%s", async (_, args, code) => expect((await measure(...args)).code).toBe(code));

  it("a failure is recorded, ends the runs, and enters no mean", async () => {
    const { code, err, document } = await measureJson("-n", "5", "echo x >> tries; test $(wc -l < tries) -lt 3");
    expect(code).toBe(1);
    expect(document.commands[0]?.runs.map((run) => run.exit_code)).toEqual([0, 0, 1]);
    expect(document.commands[0]?.summary.find(({ unit }) => unit === "s")?.n).toBe(2);
    expect(err).toContain("ended after 3 of 5 runs (--ignore-failure goes on; --show-output shows what it prints)");
  });

  it("--ignore-failure goes on, and the first failure is the exit code", async () => {
    const { code, out } = await measure("-i", "-n", "2", "exit 3", "exit 4", "true");
    expect(code).toBe(3);
    expect(out).toContain("exit 3: 0 of 2 runs complete\n  run 1: failed, exit code 3; it is in no mean");
    expect(out).toContain("true: 2 runs");
  });

  it("a warm-up that fails ends it as well", async () => {
    const { code, err, out } = await measure("-w", "1", "exit 9");
    expect(code).toBe(9);
    expect(err).toContain("exit 9: warm-up run 1: failed, exit code 9");
    expect(out).toBe("");
  });
});

describe("what cannot be used is refused with 125 before anything runs", () => {
  it.each([
    [["--runs", "0", "--", "touch", "ran"], '--runs: expected a positive integer, found "0"'],
    [["--runs", "-1", "--", "touch", "ran"], '--runs: expected a positive integer, found "-1"'],
    [["--runs", "1.5", "--", "touch", "ran"], '--runs: expected a positive integer, found "1.5"'],
    [["--runs", "1e9", "--", "touch", "ran"], '--runs: expected a positive integer, found "1e9"'],
    [["--warmup", "x", "--", "touch", "ran"], '--warmup: expected an integer of at least 0, found "x"'],
    [["-n", "2", "-n", "3", "--", "touch", "ran"], '--runs: expected once, found ["2","3"]'],
    [["--ruins", "3", "--", "touch", "ran"], 'unknown argument: ruins; did you mean "runs"?'],
    [["touch", "ran", "--epochs", "3"], "a command with flags of its own stands after --"],
    [["touch ran", "--", "touch", "ran"], "found both"],
    [[], "expected a command"],
    [["--"], "expected a command"],
    [["--export-csv", "no/such/place.csv", "--", "touch", "ran"], "--export-csv: expected a file that can be written"],
  ])("%j", async (args, words) => {
    const { code, out, err } = await measure(...args);
    expect(err).toContain(words);
    expect({ code, out }).toEqual({ code: 125, out: "" });
    expect(existsSync(join(project.path, "ran"))).toBe(false);
  });
});

describe("processes", () => {
  it("what outlives the command is ended and told", async () => {
    const { err } = await measure("--", "sh", "-c", "sleep 876543 & exit 0");
    expect(err).toContain("1 process outlived a command");
    expect(await processesWith("sleep\x00876543")).toEqual([]);
  });

  const sleepers = (seconds: string) => processesWith(`sleep\x00${seconds}`);
  const started = async (seconds: string) => {
    const ea = project.start(["measure", "--json", "--", "sh", "-c", `echo up >&2; exec sleep ${seconds}`]);
    await ea.says("up");
    return ea;
  };

  it.each([
    ["SIGINT", 130, "876541"],
    ["SIGTERM", 143, "876542"],
  ] as const)("%s ends the command, and what was measured is told: %i", async (signal, code, seconds) => {
    const ea = await started(seconds);
    ea.kill(signal);
    const finished = await ea.finished;
    expect(finished.code).toBe(code);
    const document = Document.parse(JSON.parse(finished.out));
    expect(document).toMatchObject({ interrupted: true });
    expect(document.commands[0]?.runs).toMatchObject([{ signal: "SIGTERM" }]);
    expect(document.commands[0]?.summary.every(({ n }) => n === 0)).toBe(true);
    expect(finished.err).toContain(`interrupted by ${signal}`);
    expect(await sleepers(seconds)).toEqual([]);
  });

  it("SIGKILL of ea leaves neither the command nor a sidecar", async () => {
    const ea = project.start(["measure", "--", "sh", "-c", "echo $EARUN_SESSION > tag; echo up; exec sleep 876544"], {
      ...FAKE_TOOLS,
    });
    await ea.says("up");
    const tag = (await readFile(join(project.path, "tag"), "utf8")).trim();
    const all = async (): Promise<readonly string[]> => (await processesOfSession(tag)).map(({ command }) => command);
    for (let tries = 0; tries < 80 && !(await all()).some((command) => command.startsWith("sleep")); tries += 1)
      await sleep(25);
    const commands = (await all()).map((command) => command.replaceAll("\0", " "));
    expect(commands).toContainEqual(expect.stringContaining("sleep 876544"));
    expect(commands).toContainEqual(expect.stringContaining("-lms"));
    expect(commands).toContainEqual(expect.stringMatching(/perf stat -a/));
    ea.kill("SIGKILL");
    await ea.finished;
    for (let tries = 0; tries < 40 && (await processesOfSession(tag)).length > 0; tries += 1) await sleep(100);
    expect(await processesOfSession(tag)).toEqual([]);
  });
});
