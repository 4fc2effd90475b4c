import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AttemptJson, PlanJson, RecordJson, readEventLog, readPlan, StatusJson } from "@ea/records";
import { z } from "zod";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project, type Running, readJson } from "./project.ts";
import { type Process, processesOf } from "./tagged-processes.ts";

const ROWS = 3;

/** Rows take up to half a second, so that what happens to them happens at any moment of their life. */
const TRAIN = `setTimeout(() => console.log("accuracy: 0.9"), 100 + 400 * Math.random());`;

const VICTIMS = {
  ea: "dist/bin.js",
  training: "train.mjs",
  perf: "bin/perf stat",
  gpu: "bin/nvidia-smi --query",
  watchdog: "trap",
} as const;
type Victim = keyof typeof VICTIMS;

/** A project to be mistreated. */
export interface Chaos {
  readonly results: string;
  readonly startRun: (...flags: readonly string[]) => Running;
  readonly startResume: (session: string, ...flags: readonly string[]) => Running;
  /** The session's directory, once its plan is there. */
  readonly planned: () => Promise<string>;
  /** Waits until there is one, and returns its processes. */
  readonly victims: (victim: Victim) => Promise<readonly number[]>;
  /** Sends a signal to those that are there now; to none, when none are. */
  readonly signal: (victim: Victim, signal: NodeJS.Signals) => Promise<void>;
  /** What is wrong; nothing when the plan is finished, each row by one success, all files are whole, nothing runs. */
  readonly faults: (directory: string) => Promise<readonly string[]>;
  /** What is wrong after a last `ea resume`. */
  readonly faultsOnceResumed: (directory: string, ...flags: readonly string[]) => Promise<readonly string[]>;
  readonly end: () => Promise<void>;
}

/** Makes a project with a session of a few short rows; with or without fake meters, which make a row take seconds. */
export async function makeChaos({ hasMeters = false } = {}): Promise<Chaos> {
  const project: Project = await makeProject();
  await project.write("repository/train.mjs", TRAIN);
  const tag = randomUUID();
  const environment = { ...(hasMeters && FAKE_TOOLS), EA_TEST_CHAOS: tag };
  const flags = ["--no-sleep", "--gate", "off", "--json"];
  const results = join(project.path, "results");
  const pidsOf = async (victim: Victim): Promise<readonly number[]> =>
    (await processesOf(tag)).filter((process) => victimOf(process) === victim).map(({ pid }) => pid);
  const others = async (): Promise<readonly Process[]> =>
    (await processesOf(tag)).filter((process) => victimOf(process) !== "watchdog"); // it only looks on
  const startResume: Chaos["startResume"] = (session, ...more) =>
    project.start(["resume", session, ...flags, ...more], environment);
  const faults = async (directory: string): Promise<readonly string[]> => {
    await until("nothing runs any more", async () => ((await others()).length === 0 ? true : undefined));
    return faultsOfFiles(directory);
  };
  return {
    results,
    startRun: (...more) => {
      const run = ["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "-n", String(ROWS), "-s", "1"];
      return project.start([...run, ...flags, ...more], environment);
    },
    startResume,
    planned: () =>
      until("a plan", async () => {
        const [name] = await readdir(results).catch((): string[] => []);
        if (name === undefined) return undefined;
        return (await readdir(join(results, name))).includes("plan.json") ? join(results, name) : undefined;
      }),
    victims: (victim) =>
      until(victim, async () => {
        const pids = await pidsOf(victim);
        return pids.length > 0 ? pids : undefined;
      }),
    signal: async (victim, signal) => {
      for (const pid of await pidsOf(victim)) kill(pid, signal);
    },
    faults,
    faultsOnceResumed: async (directory, ...more) => {
      const { code, err } = await startResume(directory, ...more).finished;
      return code === 0 ? faults(directory) : [`exit code ${code}: ${err}`];
    },
    end: async () => {
      for (const { pid } of await processesOf(tag)) kill(pid, "SIGKILL");
      await project.remove();
    },
  };
}

/** Throws for a file that is not whole. */
async function faultsOfFiles(directory: string): Promise<readonly string[]> {
  const { rows } = await readPlan(directory);
  const files = await readdir(directory, { recursive: true });
  const records: RecordJson[] = [];
  for (const file of files.filter((name) => name.endsWith(".json"))) {
    const json = await readJson(join(directory, file));
    const name = file.split("/").at(-1) ?? "";
    if (name === "attempt.json") AttemptJson.parse(json);
    else if (name === "status.json") StatusJson.parse(json);
    else if (name === "plan.json") PlanJson.parse(json);
    else if (name === "experiment.json") records.push(RecordJson.parse(json));
    else RecordJson.extend({ status: z.literal("failed") }).parse(json); // experiment.1.json
  }
  for (const file of files.filter((name) => name.startsWith("events/"))) await readEventLog(join(directory, file));
  const summary = (await readFile(join(directory, "summary.csv"), "utf8")).trimEnd().split("\n");
  return [
    ...(rows.length === ROWS ? [] : [`${rows.length} rows are planned`]),
    ...(records.length === ROWS ? [] : [`there are ${records.length} records`]),
    ...(summary.length === ROWS + 1 ? [] : [`the summary has ${summary.length} lines`]),
    ...rows.flatMap(({ row, experimentId, hyperparameters }) => {
      const found = records.find((record) => record.experiment_id === experimentId);
      const statuses = found?.attempts.map(({ attempt, status }) => `${attempt} ${status}`) ?? [];
      const isRight =
        found?.row === row &&
        found.status === "success" &&
        JSON.stringify(found.hyperparameters) === JSON.stringify(hyperparameters) &&
        statuses.every((text, index) => text === `${index + 1} ${index + 1 < statuses.length ? "failed" : "success"}`);
      return isRight ? [] : [`row ${row} has ${found?.status ?? "no record"} after ${statuses.join(", ")}`];
    }),
  ];
}

function victimOf({ command }: Process): Victim | undefined {
  if (command.includes(VICTIMS.watchdog)) return "watchdog";
  return (["ea", "training", "perf", "gpu"] as const).find((victim) => command.includes(VICTIMS[victim]));
}

/** A process may have ended by itself just before. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Waits for something that will happen; the end of its patience only ends a test that has failed. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 1500; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(20);
  }
  throw new Error(`waited in vain for ${what}`);
}
