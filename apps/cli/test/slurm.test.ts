import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type RecordJson, readRecords } from "@ea/records";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { until } from "./chaos-project.ts";
import { makeProject, type Project } from "./project.ts";

const CLUSTER = fileURLToPath(new URL("slurm-cluster.sh", import.meta.url));
const hasSlurm =
  process.getuid?.() === 0 && ["slurmctld", "slurmd"].every((tool) => spawnSync(tool, ["-V"]).status === 0);
const why = hasSlurm ? "" : " (skipped: no Slurm, or not root)";

const ROWS = 12;
/** What the rows of the plan do, by their number; the others succeed at once. */
const FAILS = 3;
const WAITS = 4;
const KILLED = 7;
const REQUEUED = 9;
const OUT_OF_TIME = 10;
/** The last: what waits before it is not as long. */
const TIMES_OUT = 11;

/** Each training writes a line when it begins. What waits here waits in a job alone. */
const TRAIN = `
import { appendFileSync, existsSync } from "node:fs";
const { EARUN_ROW, EARUN_ATTEMPT_NUMBER, SLURM_JOB_ID, SLURM_RESTART_COUNT } = process.env;
const row = Number(EARUN_ROW);
appendFileSync(SLURM_JOB_ID ? "begun" : "begun-here", row + " " + EARUN_ATTEMPT_NUMBER + "\\n");
const hang = () => setTimeout(() => {}, 600_000);
if (row === ${FAILS}) process.exit(3);
if (row === ${KILLED}) process.kill(process.pid, "SIGKILL");
if (row === ${TIMES_OUT}) hang();
else if (SLURM_JOB_ID && row === ${WAITS} && !existsSync("go")) hang();
else if (SLURM_JOB_ID && row === ${REQUEUED} && !SLURM_RESTART_COUNT) hang();
else if (SLURM_JOB_ID && row === ${OUT_OF_TIME} && EARUN_ATTEMPT_NUMBER === "1") hang();
else console.log("accuracy: 0." + (1 + row));
`;

const Status = z.object({
  ended: z.number(),
  active: z.number(),
  out_of_time: z.array(z.number()),
  missing: z.array(z.number()),
  arrays: z.array(z.object({ job: z.string().nullable(), tasks: z.number() })),
});
const Submitted = z.object({
  ended: z.number(),
  active: z.number(),
  out_of_time: z.array(z.number()),
  arrays: z.array(z.object({ job: z.string(), indices: z.string() })),
});

/** What a row comes to, wherever it ran. */
const resultOf = ({ row, status, failure_class, hyperparameters, performance_metrics, error_message }: RecordJson) => ({
  row,
  status,
  failure_class,
  hyperparameters,
  performance_metrics,
  error_message,
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 26_817;
}

describe.skipIf(!hasSlurm)(`a plan on a real Slurm${why}`, { timeout: 300_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), "ea-slurm-"));
  const cluster = { SLURM_CONF: join(directory, "slurm.conf") };
  let project: Project;
  beforeAll(async () => {
    const up = spawnSync("bash", [CLUSTER, "up", directory, String(await freePort())], { encoding: "utf8" });
    if (up.status !== 0) throw new Error(`Slurm did not come up: ${up.stderr}`);
    project = await makeProject();
    await project.write("repository/train.mjs", TRAIN);
    const profile = { exclusive: false, gres: "gpu:1", parallel: 2 };
    await project.write("cluster.json", profile);
  });
  afterAll(async () => {
    spawnSync("bash", [CLUSTER, "down", directory]);
    await project.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const slurm = async (action: string, ...args: readonly string[]) =>
    project.ea(["slurm", action, "--profile", "cluster.json", ...args], cluster);
  const plan = async (): Promise<string> => {
    const what = ["-r", "tiny", "-m", "good", "-mt", "epochs", "-n", String(ROWS), "-s", "1", "-mr", "0"];
    const flags = ["--no-sleep", "--gate", "off", "--timeout", "15", "--plan-only"];
    return (await project.ea(["run", ...what, ...flags])).out.trim();
  };
  const status = async (session: string) => Status.parse(JSON.parse((await slurm("status", session, "--json")).out));
  const begun = async (file = "begun"): Promise<readonly string[]> =>
    (await readFile(join(project.path, "repository", file), "utf8").catch(() => "")).trim().split("\n");
  const begins = (line: string): Promise<true> =>
    until(`row ${line} begins`, async () => {
      await sleep(100); // other tests may keep the machine busy: patience for minutes
      return (await begun()).includes(line) ? true : undefined;
    });
  const endsAll = (session: string, check: (found: z.infer<typeof Status>) => boolean) =>
    until("the rows have ended", async () => {
      const found = await status(session);
      return check(found) ? found : undefined;
    });
  const scontrol = (...args: readonly string[]) =>
    expect(spawnSync("scontrol", args, { env: { ...process.env, ...cluster }, encoding: "utf8" })).toMatchObject({
      status: 0,
    });

  it("is executed once, row by row, as it is here: with a failure, a timeout, a kill, a requeue, a cancellation", async () => {
    const session = await plan();
    const local = await plan();
    const localRun = project.start(["run", "--plan", local, "--quiet"]);
    onTestFinished(() => localRun.kill("SIGKILL"));
    const first = await slurm("submit", session, "--json");
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: expect.stringMatching(/directory +ok/) });
    // Slurm's arrays are of 8 here; the second waits for the first, so that two tasks run at most
    const { arrays } = Submitted.parse(JSON.parse(first.out));
    expect(arrays.map(({ indices }) => indices)).toEqual(["0-7", "0-3"]);

    await begins(`${WAITS} 1`);
    const cancelled = await slurm("cancel", session);
    expect(cancelled).toMatchObject({
      code: 0,
      out: `cancelled ${arrays.map(({ job }) => `job ${job}`).join(", ")}\n`,
    });
    const rest = await endsAll(session, ({ active }) => active === 0);
    expect(rest.missing).toContain(WAITS);
    expect(rest.missing.length).toBe(ROWS - rest.ended);
    expect(await slurm("cancel", session)).toMatchObject({ code: 0, out: "nothing to cancel\n" });

    await project.write("repository/go", "");
    const again = Submitted.parse(JSON.parse((await slurm("submit", session, "--json")).out));
    const twice = Submitted.parse(JSON.parse((await slurm("submit", session, "--json")).out));
    expect(again.arrays.at(-1)?.indices).toBe("0-3");
    expect(twice.arrays).toEqual([]);
    expect(twice.ended + twice.active).toBe(ROWS);

    const late = again.arrays.at(-1)?.job ?? "";
    await begins(`${REQUEUED} 1`);
    scontrol("requeue", `${late}_${REQUEUED - 8}`);
    await until("it waits", async () => (await rawJob(late, REQUEUED - 8)).waits || undefined);
    scontrol("update", `jobid=${late}_${REQUEUED - 8}`, "StartTime=now");
    await begins(`${OUT_OF_TIME} 1`);
    // As Slurm does shortly before the end of a job's time
    spawnSync("scancel", ["-b", "-s", "USR2", `${late}_${OUT_OF_TIME - 8}`], { env: { ...process.env, ...cluster } });
    const done = await endsAll(session, ({ active }) => active === 0);
    expect(done).toMatchObject({ ended: ROWS - 1, out_of_time: [OUT_OF_TIME], missing: [] });
    expect(Submitted.parse(JSON.parse((await slurm("submit", session, "--json")).out))).toMatchObject({
      arrays: [],
      out_of_time: [OUT_OF_TIME],
    });
    await slurm("submit", session, "--retry-timeouts");
    await endsAll(session, ({ ended }) => ended === ROWS);

    const collected = await slurm("collect", session, "--json");
    expect(collected.code).toBe(4);
    expect(JSON.parse(collected.out)).toMatchObject({ planned: ROWS, completed: 9, failed: 3, accounting: null });

    expect((await localRun.finished).code).toBe(4);
    const there = await readRecords(session);
    const here = await readRecords(local);
    expect(there.map(resultOf)).toEqual(here.map(resultOf));
    // Nothing lost, nothing twice: what was begun is what the attempts say, and only these rows have several
    const attempts = there.flatMap(({ row, attempts: all }) => all.map(({ attempt }) => `${row} ${attempt}`));
    expect((await begun()).toSorted()).toEqual(attempts.toSorted());
    const failures = there.flatMap(({ row, attempts: all }) =>
      all.slice(0, -1).map(({ failure_class: failure }) => ({ row, failure })),
    );
    expect([...new Set(failures.map(({ failure }) => failure))]).toEqual(["preempted"]);
    // Another row may have been at work when everything was cancelled
    const several = failures.map(({ row }) => row);
    expect(several).toEqual(expect.arrayContaining([WAITS, REQUEUED, OUT_OF_TIME]));
    expect(several.length).toBeLessThanOrEqual(4);
    expect(await begun("begun-here")).toHaveLength(ROWS);
    // What tells nodes and jobs apart is in each record
    const { variables } = there[REQUEUED]?.environment ?? {};
    expect(variables).toMatchObject({ SLURM_ARRAY_JOB_ID: late, SLURM_ARRAY_TASK_ID: "1", SLURM_RESTART_COUNT: "1" });
    expect(there.every(({ environment }) => environment.variables["SLURMD_NODENAME"] !== undefined)).toBe(true);
    expect(there.every(({ environment }) => /^[01]$/.test(environment.variables["CUDA_VISIBLE_DEVICES"] ?? ""))).toBe(
      true,
    );
    expect(there.every(({ flags }) => flags.some(({ code }) => code === "shared-host"))).toBe(true);
    expect((await readdir(session)).filter((name) => /^\d{3}_/.test(name))).toHaveLength(ROWS);
  });

  it("is refused as Slurm says, and nothing is lost", async () => {
    const session = await plan();
    await project.write("nowhere.json", { partition: "nowhere" });
    const flags = ["--profile", "nowhere.json", "--no-doctor"];
    const { code, err } = await project.ea(["slurm", "submit", session, ...flags], cluster);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("Invalid partition name specified") });
    expect(await status(session)).toMatchObject({ ended: 0, active: 0, arrays: [{ job: null }] });
  });

  const rawJob = async (job: string, index: number): Promise<{ readonly waits: boolean }> => {
    const args = ["-h", "-r", "-j", `${job}_${index}`, "-o", "%T"];
    const { stdout } = spawnSync("squeue", args, { env: { ...process.env, ...cluster }, encoding: "utf8" });
    return { waits: stdout.trim() === "PENDING" };
  };
});
