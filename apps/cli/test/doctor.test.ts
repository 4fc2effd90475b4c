import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QuantityJson } from "@ea/energy";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { FAKE_TOOLS, FAKE_WATTS } from "./fakes.ts";
import { makeProject, type Project } from "./project.ts";

const Document = z.object({
  ready: z.boolean(),
  sources: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ready", "unreadable", "absent"]),
      reason: z.string().nullable(),
      fix: z.string().nullable(),
    }),
  ),
  machine: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ok", "attention", "unknown"]),
      finding: z.string(),
      fix: z.string().nullable(),
    }),
  ),
  live: z.array(QuantityJson),
  live_power: z.array(z.object({ name: z.string(), mean_watts: z.number().nullable() })),
});

const TOOLS = ["prlimit", "sh", "grep", "cut", "sort", "sleep", "rmdir", "sed", "env"];

let project: Project;
beforeAll(async () => {
  project = await makeProject();
  await mkdir(join(project.path, "bare"));
  for (const tool of TOOLS) {
    const found = spawnSync("/bin/sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).stdout.trim();
    if (found !== "") await symlink(found, join(project.path, "bare", tool));
  }
});
afterAll(() => project.remove());

const doctor = async (environment: Record<string, string>) => {
  const { code, out, err } = await project.ea(["doctor", "--json"], environment);
  expect(err).toBe("");
  return { code, document: Document.parse(JSON.parse(out)) };
};
const source = (document: z.infer<typeof Document>, name: string) =>
  document.sources.find((each) => each.name === name);

describe("a machine with perf and a GPU", () => {
  it("is ready, and a reading of two seconds shows what they count", async () => {
    const { code, document } = await doctor({ ...FAKE_TOOLS });
    expect(code).toBe(0);
    expect(document.ready).toBe(true);
    for (const name of ["perf", "nvidia-smi", "cpu-estimate"]) {
      expect(source(document, name)).toEqual({ name, status: "ready", reason: null, fix: null });
    }
    const read = document.live.filter(({ value, quality }) => value !== null && quality !== "estimated");
    expect(read.length).toBeGreaterThan(1);
    for (const { name, value } of read) {
      const watts = FAKE_WATTS[name] ?? Number.NaN;
      expect(value).toBeGreaterThan(2 * watts * 0.95);
      const power = document.live_power.find((each) => each.name === name)?.mean_watts;
      expect(power).toBeGreaterThan(watts * 0.9);
      expect(power).toBeLessThan(watts * 1.1);
    }
  });

  it("prints it for people", async () => {
    const { code, out } = await project.ea(["doctor"], { ...FAKE_TOOLS });
    expect(code).toBe(0);
    expect(out).toMatch(/^Sources of energy\n {2}perf +ready +\w+/);
    expect(out).toMatch(/\nMachine\n {2}virtual machine +(ok|attention)/);
    expect(out).toMatch(/\nLive reading\n {2}quantity +source +device +energy +power +quality\n/);
    expect(out).toMatch(/\n {2}gpu +nvidia-smi +GPU-\S+ +2\d\d J ± \d+ J +\d+(\.\d+)? W +integrated\n/);
    expect(out).toContain("Energy can be measured here.");
  });
});

describe("a machine where nothing can be read", () => {
  it("is not ready: an estimate is no reading; 3", async () => {
    const { code, document } = await doctor({ PATH: join(project.path, "bare") });
    expect(code).toBe(3);
    expect(document.ready).toBe(false);
    expect(source(document, "perf")).toMatchObject({ status: "absent", reason: expect.any(String) });
    expect(source(document, "perf")?.fix).toContain("linux-perf");
    expect(source(document, "nvidia-smi")?.status).toBe("absent");
    expect(source(document, "powercap")).toMatchObject({ status: expect.stringMatching(/absent|unreadable/) });
    expect(source(document, "cpu-estimate")?.status).toBe("ready");
  });

  it("says for each source why, and what helps", async () => {
    const { document } = await doctor({
      ...FAKE_TOOLS,
      FAKE_PERF_MODE: "paranoid",
      FAKE_GPU_MODE: "no-driver",
    });
    expect(document.ready).toBe(false);
    expect(source(document, "perf")).toMatchObject({
      status: "unreadable",
      reason: expect.stringMatching(/perf_event_paranoid\): it is -?\d/),
      fix: expect.stringMatching(/perf_event_paranoid=0|PERFMON/),
    });
    expect(source(document, "nvidia-smi")).toMatchObject({ status: "unreadable", fix: "sudo modprobe nvidia" });
  });

  it("is not fooled by a counter that does not move", async () => {
    const { code, document } = await doctor({ ...FAKE_TOOLS, FAKE_PERF_MODE: "zero", FAKE_GPU_MODE: "no-driver" });
    expect(code).toBe(3);
    expect(source(document, "perf")).toMatchObject({
      status: expect.stringMatching(/absent|unreadable/),
      reason: expect.stringMatching(/no joules|did not move/),
    });
  });
});

describe("an NVIDIA driver", () => {
  const withNvidiaSmi = async (name: string, script: string): Promise<Record<string, string>> => {
    const directory = join(project.path, name);
    await mkdir(directory);
    await writeFile(join(directory, "nvidia-smi"), `#!/bin/sh\n${script}\n`);
    await chmod(join(directory, "nvidia-smi"), 0o755);
    return { ...FAKE_TOOLS, PATH: `${directory}:${FAKE_TOOLS["PATH"] ?? ""}` };
  };

  it("that does not fit its library is told", async () => {
    const words = "Failed to initialize NVML: Driver/library version mismatch";
    const { document } = await doctor(await withNvidiaSmi("mismatch", `echo "${words}"; exit 18`));
    expect(source(document, "nvidia-smi")).toMatchObject({
      status: "unreadable",
      reason: expect.stringContaining("version mismatch"),
      fix: expect.stringContaining("sudo reboot"),
    });
  });

  it("without persistence mode is told, and who else computes", async () => {
    const uuid = "GPU-00000000-0000-4000-8000-000000000000";
    const fake = FAKE_TOOLS["PATH"]?.split(":")[1] ?? "";
    const script = `case "$*" in *persistence_mode*) echo "${uuid}, Disabled" ;; *) exec ${fake}/nvidia-smi "$@" ;; esac`;
    const environment = await withNvidiaSmi("persistence", script);
    const { document } = await doctor({ ...environment, FAKE_GPU_APPS: `${uuid}, 4711, python, 500` });
    expect(document.machine).toContainEqual(
      expect.objectContaining({ name: "GPU persistence", status: "attention", fix: "sudo nvidia-smi -pm 1" }),
    );
    expect(document.machine).toContainEqual(
      expect.objectContaining({
        name: "GPU in use",
        status: "attention",
        finding: expect.stringContaining("pid 4711"),
      }),
    );
  });
});

it("lists what a session that is gone has left running, and ends it on request", async () => {
  const tag = `${spawnSync("true").pid}.1.${randomUUID()}`;
  const env = { ...process.env, EARUN_SESSION: tag, EARUN_SESSION_DIRECTORY: "results/gone" };
  const orphan = spawn("sleep", ["1000"], { stdio: "ignore", env });
  onTestFinished(() => void orphan.kill("SIGKILL"));
  const text = new RegExp(`pid ${orphan.pid} of session results/gone, .* old: sleep 1000`);
  const listed = await project.ea(["doctor"]);
  expect(listed.out).toMatch(new RegExp(`orphans +attention +${text.source}\\n +try: +ea doctor --end-orphans`));
  expect(orphan.signalCode).toBeNull();
  const ended = await project.ea(["doctor", "--end-orphans"]);
  expect(ended.out).toMatch(new RegExp(`orphans +ok +ended: ${text.source}`));
  expect(orphan.signalCode).toBe("SIGTERM");
});

it("Ctrl-C ends it, and leaves no directory behind", async () => {
  const before = new Set(await readdir(tmpdir()));
  const ea = project.start(["doctor"], { ...FAKE_TOOLS });
  const isReading = async (): Promise<boolean> =>
    (await readdir(tmpdir())).some((name) => name.startsWith("ea-doctor-") && !before.has(name));
  for (let tries = 0; tries < 400 && !(await isReading()); tries += 1)
    await new Promise((wake) => setTimeout(wake, 25));
  ea.kill("SIGINT");
  expect((await ea.finished).code).toBe(130);
  expect(await isReading()).toBe(false);
});

it("ea run --require names what each source has, and trains nothing; 3", async () => {
  const { code, err, out } = await project.ea(
    ["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "--require", "cpu,dram,gpu", "--no-sleep"],
    { ...FAKE_TOOLS, FAKE_PERF_MODE: "paranoid" },
  );
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(err).toContain("Required but not measurable here: cpu, dram\n");
  expect(err).toMatch(
    /\n {2}cpu: unreadable, .*perf_event_paranoid.*; try: sudo sysctl kernel\.perf_event_paranoid=0\n/,
  );
  expect(err).toContain("\n  nvidia-smi: ready, with gpu only\n");
  expect(await readdir(project.path)).not.toContain("results");
});
