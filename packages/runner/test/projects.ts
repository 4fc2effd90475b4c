import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptRequest } from "../src/attempt-request.ts";
import type { SessionEvent } from "../src/events.ts";
import type { ExperimentItem } from "../src/experiment-item.ts";
import { rowDirectoryName } from "../src/make-plan.ts";
import { type PreparedSession, prepareSession, type SessionRequest } from "../src/prepare-session.ts";
import type { RowRequest } from "../src/run-row.ts";
import { runSession } from "../src/run-session.ts";
import type { SessionOptions } from "../src/session-options.ts";
import type { SettingsOverrides } from "../src/settings.ts";
import { countingClock } from "./clocks.ts";
import { repositoryJson } from "./examples.ts";
import { put, temporaryDirectory } from "./temporary.ts";

/** A training that reports its metric and ends well. */
export const GOOD = "echo accuracy: 0.9";

/** A project whose training is this shell script. */
export async function newProject(script: string, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const project = await temporaryDirectory();
  await put(join(project, "models.json"), { models: { mine: { ...repositoryJson, ...fields } } });
  await put(join(project, "training/train.sh"), `#!/bin/sh\n${script}\n`, 0o755);
  return project;
}

/** A request to mutate epochs of `mine/mlp`, without sleeps and gate, with some fields replaced. */
export function sessionRequest(project: string, fields: Partial<SessionRequest> = {}): SessionRequest {
  return {
    project,
    configFile: "models.json",
    experiment: { repo: "mine", model: "mlp", mutate: "epochs" },
    overrides: { seed: 42, sleep: false, gate: "off" },
    environment: { PATH: process.env["PATH"] },
    toolVersion: "1.2.3",
    drawSeed: () => "drawn",
    now: new Date(2026, 10, 23, 17, 47, 23),
    ...fields,
  };
}

/** A prepared session of a project. */
export function prepare(
  project: string,
  overrides: SettingsOverrides = {},
  experiment: Partial<ExperimentItem> = {},
): Promise<PreparedSession> {
  const request = sessionRequest(project);
  return prepareSession({
    ...request,
    experiment: { repo: "mine", model: "mlp", mutate: "epochs", ...experiment },
    overrides: { ...request.overrides, ...overrides },
  });
}

/** What to run a session of a project with: no meters, a clock on which sleeping takes no time, and the events. */
export function sessionOptions(project: string, fields: Partial<SessionOptions> = {}) {
  const events: SessionEvent[] = [];
  const clock = countingClock();
  const options: SessionOptions & { readonly results: string } = {
    meters: [],
    results: join(project, "results"),
    environment: { PATH: process.env["PATH"] },
    tag: randomUUID(),
    onEvent: (event) => events.push(event),
    clock,
    ...fields,
  };
  return { options, events, clock };
}

/** Prepares and runs a session of a project. */
export async function run(
  project: string,
  overrides: SettingsOverrides = {},
  { experiment = {}, ...fields }: Partial<SessionOptions> & { readonly experiment?: Partial<ExperimentItem> } = {},
) {
  const { options, events, clock } = sessionOptions(project, fields);
  const result = await runSession(await prepare(project, overrides, experiment), options);
  return { result, events, slept: clock.slept };
}

/** What the first row of a project's session needs to be run by itself. */
export async function rowRequest(
  project: string,
  overrides: SettingsOverrides = {},
  fields: Partial<RowRequest> = {},
): Promise<RowRequest> {
  const prepared = await prepare(project, overrides);
  const [row] = prepared.plan.rows;
  const [experiment] = prepared.experiments;
  const script = prepared.scripts.get("mine");
  if (!row || !experiment || !script) throw new Error("nothing was prepared");
  const { options, clock } = sessionOptions(project);
  return {
    row,
    config: experiment.config,
    script,
    meters: [],
    idle: [],
    history: [],
    sessionDirectory: project,
    rowDirectory: join(project, rowDirectoryName(row)),
    environment: options.environment,
    tag: options.tag,
    clock,
    signal: new AbortController().signal,
    killSignal: new AbortController().signal,
    settings: prepared.settings,
    environmentFacts: ENVIRONMENT,
    recoverEnergy: () => Promise.resolve({ reason: "nobody looked" }),
    onEvent: () => undefined,
    ...fields,
  };
}

/** The row request as a first attempt. */
export function attemptRequest(request: RowRequest): AttemptRequest {
  return { ...request, attempt: 1, flags: [], timeoutSeconds: 3600, stallSeconds: 0, isWatched: true };
}

const ENVIRONMENT: RowRequest["environmentFacts"] = {
  host: "host",
  kernel: "6.1",
  cpuModel: undefined,
  cpuMicrocode: undefined,
  cpuThreads: 2,
  memoryBytes: 1,
  nodeVersion: "v20",
  toolVersion: "1.2.3",
  governor: { before: undefined, requested: undefined, during: undefined },
  gpus: [],
  repository: { path: "/", commit: undefined, dirty: undefined, scriptSha256: undefined },
  libraries: {},
  variables: {},
};

/** A JSON file's value, for `toMatchObject`. */
export async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}
