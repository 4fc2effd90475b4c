import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AttemptJson, RecordJson, readPlan, readRecords } from "@ea/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "./chaos-project.ts";
import { makeProject, type Project, processesWith, readJson } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await makeProject();
});
afterEach(() => project.remove());

const QUICK = ["--no-sleep", "--gate", "off"];

/** Writes a plan, and tells where. */
async function plan(model: string, runs: number, ...flags: readonly string[]): Promise<string> {
  const what = ["-r", "tiny", "-m", model, "-mt", "epochs", "-n", String(runs), "-s", "1"];
  const { out, code } = await project.ea(["run", ...what, ...QUICK, ...flags, "--plan-only", "--json"]);
  const { directory }: { directory: string } = JSON.parse(out);
  expect({ code, files: await readdir(directory) }).toEqual({ code: 0, files: ["plan.json", "rows.jsonl"] });
  return directory;
}

/** Counts its trainings in a file, one line each: short appends are whole. */
const COUNTING = `
import { appendFileSync } from "node:fs";
const { EARUN_ROW, EARUN_ATTEMPT_NUMBER } = process.env;
setTimeout(() => {
  appendFileSync("ended", EARUN_ROW + "\\n");
  console.log("accuracy: 0.9");
}, Number(process.env.EA_TEST_TRAINING_MS ?? 0));
`;
const ended = async (): Promise<readonly string[]> =>
  (await readFile(join(project.path, "repository/ended"), "utf8").catch(() => "")).split("\n").filter(Boolean);
const training = (): Promise<readonly string[]> =>
  until("a training", async () => {
    const pids = await processesWith(join(project.path, "repository/train.mjs"));
    return pids.length > 0 ? pids : undefined;
  });
const recordOf = async (directory: string, row: number): Promise<RecordJson | undefined> =>
  (await readRecords(directory)).find((record) => record.row === row);

describe("one row of a plan", () => {
  it("is run as ea run would, leaves nothing else, and is nothing to do the second time", async () => {
    await project.write("repository/train.mjs", COUNTING);
    const directory = await plan("good", 3);
    const first = await project.ea(["run", "--plan", directory, "--index", "1", "--json"]);
    const second = await project.ea(["run", "--plan", join(directory, "plan.json"), "--index", "1", "--json"]);
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(JSON.parse(first.out)).toEqual(JSON.parse(second.out));
    expect(JSON.parse(first.out)).toMatchObject({ planned: 1, completed: 1, summary: null });
    expect(await ended()).toEqual(["1"]);
    expect(await recordOf(directory, 1)).toMatchObject({ status: "success", row: 1 });
    const files = (await readdir(directory)).filter((name) => !name.startsWith("001_"));
    expect(files.sort()).toEqual(["events", "machine.json", "plan.json", "rows.jsonl"]);
  });

  it("gives its exit code: 4 for a failure, with its retries, and 0 once that has its record", async () => {
    const directory = await plan("exit3", 2, "-mr", "1");
    const first = await project.ea(["run", "--plan", directory, "--index", "0"]);
    expect(first).toMatchObject({ code: 4, out: expect.stringContaining("0 of 1 runs succeeded, 1 failed") });
    expect((await recordOf(directory, 0))?.attempts).toHaveLength(2);
    expect((await project.ea(["run", "--plan", directory, "--index", "0"])).code).toBe(0);
  });

  it("that another process has is left to it, and said; 4", async () => {
    const directory = await plan("forever", 2);
    const other = project.start(["run", "--plan", directory, "--index", "0"]);
    await training();
    const { code, err } = await project.ea(["run", "--plan", directory, "--index", "0"]);
    other.kill("SIGINT");
    expect({ code, err }).toEqual({ code: 4, err: expect.stringMatching(/Row 0 is left out: pid \d+ on .* has it/) });
    expect((await other.finished).code).toBe(130);
  });

  it.each([
    ["3", "expected a row from 0 to 1, found row 3"],
    ["1-2", "expected a row from 0 to 1, found rows 1 to 2"],
    ["-1", "--index: expected a row such as 4"],
    ["1,2", "--index: expected a row such as 4"],
  ])("%s is refused, with what there is; 2", async (index, message) => {
    const directory = await plan("good", 2);
    const { code, err } = await project.ea(["run", "--plan", directory, `--index=${index}`]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });

  it("is not run once the script is another one; 2", async () => {
    const directory = await plan("good", 2);
    await project.write("repository/train.mjs", `${COUNTING}//`);
    const { code, err } = await project.ea(["run", "--plan", directory, "--index", "0"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("scripts.tiny: was") });
    expect(await ended()).toEqual([]);
  });

  it("on a machine of another model is flagged, with what differs", async () => {
    const directory = await plan("good", 2);
    const first = { host: "node1", cpu_model: "Another CPU", cpu_threads: 1024, gpus: ["Another GPU"] };
    await writeFile(join(directory, "machine.json"), JSON.stringify(first));
    expect((await project.ea(["run", "--plan", directory, "--index", "0"])).code).toBe(0);
    const flags = (await recordOf(directory, 0))?.flags.filter(({ code }) => code === "other-machine");
    expect(flags).toEqual([
      expect.objectContaining({ message: expect.stringContaining('gpus: was ["Another GPU"], is []') }),
    ]);
  });

  it("that shares its host says so", async () => {
    const directory = await plan("good", 2);
    await project.ea(["run", "--plan", directory, "--index", "0", "--shared-host"]);
    expect((await recordOf(directory, 0))?.flags.map(({ code }) => code)).toEqual(["shared-host"]);
  });
});

it("a plan is asked for alone, and an index only of a plan; variables for new plans are not asked", async () => {
  const directory = await plan("good", 1);
  const both = await project.ea(["run", "--plan", directory, "--seed", "3", "--plan-only"]);
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining("found beside --seed, --plan-only") });
  const none = await project.ea(["run", "--index", "3"]);
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining("--index: expected beside --plan") });
  expect((await project.ea(["run", "--plan", directory], { EA_SEED: "3", EA_REPO: "other" })).code).toBe(0);
});

it("ea resume takes a session that was only planned", async () => {
  const directory = await plan("good", 2);
  expect((await project.ea(["resume", directory, "--no-sleep"])).code).toBe(0);
});

describe("in a job of a scheduler", () => {
  const start = async (signal: NodeJS.Signals) => {
    const directory = await plan("forever", 1);
    const job = { SLURM_JOB_ID: "77", SLURM_RESTART_COUNT: "0", SLURMD_NODENAME: "node1" };
    const ea = project.start(["run", "--plan", directory, "--index", "0"], job);
    await training();
    ea.kill(signal);
    const { code } = await ea.finished;
    const row = (await readdir(directory)).find((name) => name.startsWith("000_")) ?? "";
    const attempt = AttemptJson.parse(await readJson(join(directory, row, "attempt_1/attempt.json")));
    return { directory, row, code, attempt };
  };

  it.each([
    ["SIGTERM", "preempted", []],
    ["SIGUSR2", "preempted", ["time-limit"]],
    ["SIGINT", "interrupted", []],
  ] as const)("%s ends the attempt as %s, and the row is left", async (signal, failure, flags) => {
    const { directory, row, code, attempt } = await start(signal);
    expect(code).toBe(signal === "SIGINT" ? 130 : 143);
    expect(attempt).toMatchObject({ failure_class: failure, flags: flags.map((flag) => ({ code: flag })) });
    expect((await readdir(join(directory, row))).sort()).toEqual(["attempt_1"]);
    expect(await processesWith(directory)).toEqual([]);
  });

  it("an attempt is preempted as well if its training has had the signal first", async () => {
    const directory = await plan("forever", 1);
    const ea = project.start(["run", "--plan", directory, "--index", "0"], { SLURM_JOB_ID: "77" });
    for (const pid of await training()) process.kill(Number(pid), "SIGTERM");
    ea.kill("SIGTERM");
    expect((await ea.finished).code).toBe(143);
    expect(await recordOf(directory, 0)).toBeUndefined();
  });

  it("a claim of the same job's earlier run, on another host, is over", async () => {
    const directory = await plan("good", 1);
    const { rows } = await readPlan(directory);
    const row = join(directory, rows[0]?.experimentId.replace(/^\d+_\d+_tiny_good_/, "") ?? "");
    await mkdir(row);
    const claim = { host: "elsewhere", boot_id: "b", pid_namespace: "n", pid: 1, process_start_ticks: "1", tag: "t" };
    const since = { claimed_at: new Date().toISOString() };
    await writeFile(join(row, "claim"), JSON.stringify({ ...claim, ...since, slurm_job: "77" }));
    const run = ["run", "--plan", directory, "--index", "0"];
    expect((await project.ea(run, { SLURM_JOB_ID: "78" })).code).toBe(4);
    expect((await project.ea(run, { SLURM_JOB_ID: "77", SLURM_RESTART_COUNT: "1" })).code).toBe(0);
  });
});

describe("processes that claim rows of one plan", { timeout: 180_000 }, () => {
  it.each([2, 8])("%i of them end each row exactly once, however often they are killed", async (count) => {
    await project.write("repository/train.mjs", COUNTING);
    const rows = 16;
    const directory = await plan("good", rows);
    const run = ["run", "--plan", directory, "--quiet"];
    const work = (ms: string) => project.start(run, { EA_TEST_TRAINING_MS: ms });
    // Each is killed in the middle of a training of its own, and another one takes its place
    const kills = count === 2 ? 4 : 8;
    const workers = Array.from({ length: count }, () => work("30"));
    for (let kill = 0; kill < kills; kill += 1) {
      const before = (await ended()).length;
      await until("some row has ended", async () => {
        const now = (await ended()).length;
        return now > before || now >= rows ? true : undefined;
      });
      const victim = kill % count;
      workers[victim]?.kill("SIGKILL");
      await workers[victim]?.finished;
      workers[victim] = work("30");
    }
    const codes = await Promise.all(workers.map(async ({ finished }) => (await finished).code));
    expect(codes.filter((code) => code !== 0)).toEqual([]);
    const last = await project.ea([...run, "--json"]);
    expect(JSON.parse(last.out)).toMatchObject({ planned: rows, completed: rows, failed: 0 });

    const records = await readRecords(directory);
    expect(records.map(({ row }) => row)).toEqual(Array.from({ length: rows }, (_, row) => row));
    // A record has one success, its last attempt; those before it were killed with their ea
    for (const { attempts } of records) {
      expect(attempts.map(({ status }) => status).filter((status) => status === "success")).toHaveLength(1);
      const before = attempts.slice(0, -1).map(({ failure_class: failure }) => failure);
      expect(before.filter((failure) => failure !== "interrupted")).toEqual([]);
    }
    const killed = records.reduce((sum, { attempts }) => sum + attempts.length - 1, 0);
    // A training that had ended when its ea was killed, and before its attempt was written, has run in vain
    const trained = (await ended()).length;
    expect(trained).toBeGreaterThanOrEqual(rows);
    expect(trained).toBeLessThanOrEqual(rows + killed);
    const files = await readdir(directory, { recursive: true });
    expect(files.filter((name) => name.endsWith("experiment.json"))).toHaveLength(rows);
  });
});
