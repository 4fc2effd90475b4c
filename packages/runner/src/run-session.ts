import { join, resolve } from "node:path";
import type { Meter, SourceState } from "@ea/energy";
import { type Attempt, createSessionDirectory, type Plan, type PlanRow, rebuildSummary, writePlan } from "@ea/records";
import { type Clock, systemClock } from "./clock.ts";
import { RunnerError } from "./errors.ts";
import { type OnEvent, planWarnings, type SessionResult } from "./events.ts";
import { findEnvironment } from "./find-environment.ts";
import { inspectAll } from "./gate.ts";
import { setGovernor } from "./governor.ts";
import { renamePlan, rowDirectoryName } from "./make-plan.ts";
import type { Work } from "./plausibility.ts";
import type { PreparedSession } from "./prepare-session.ts";
import { type FinishedRow, runRow } from "./run-row.ts";
import type { Settings } from "./settings.ts";
import { findLibraries } from "./training-libraries.ts";

/** What a session needs besides its plan. */
export interface SessionOptions {
  readonly meters: readonly Meter[];
  /** Directory that holds all sessions. */
  readonly results: string;
  /** Environment of the caller, passed on to the trainings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Tag that marks the processes of this session, unique among all sessions. */
  readonly tag: string;
  /** Told the resource limit that marks the processes of each training: for a watchdog. */
  readonly onMark?: ((limitBytes: number) => void) | undefined;
  readonly onEvent?: OnEvent | undefined;
  /** Aborting it ends the running training cleanly and starts no other. */
  readonly signal?: AbortSignal | undefined;
  /** Aborting it kills the running training at once. */
  readonly killSignal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/** The quantity behind each `--require`. */
const REQUIRED_QUANTITIES = { cpu: "cpu_package", dram: "dram", gpu: "gpu" } as const;

/**
 * Runs a prepared session: writes the plan, executes row after row, leaves one record each and the summary.
 *
 * @throws {RunnerError} `NOT_FIT` when a required energy cannot be measured or the gate refuses.
 * @throws {RecordsError} `NOT_WRITABLE` when the results directory cannot be made.
 */
export async function runSession(prepared: PreparedSession, options: SessionOptions): Promise<SessionResult> {
  const { meters, onEvent = () => undefined, clock = systemClock } = options;
  const { settings } = prepared;
  const signal = options.signal ?? new AbortController().signal;
  const sources = await Promise.all(meters.map((meter) => meter.probe()));
  checkRequirements(settings.require, sources);

  const { session, directory } = await createSessionDirectory(resolve(options.results), prepared.plan.session);
  const plan = renamePlan(prepared.plan, session);
  await writePlan(directory, plan);
  onEvent({ type: "session-started", session, directory, planned: plan.rows.length, seed: plan.seed, sources });
  for (const warning of planWarnings(plan)) onEvent(warning);

  const governor = await setGovernor(settings.governor);
  if (governor.problem !== undefined) onEvent({ type: "warning", code: "governor", message: governor.problem });
  const finished: FinishedRow[] = [];
  let hasFailedFast = false;
  try {
    const devices =
      settings.gate === "off" && !sources.some(({ provides }) => provides.includes("gpu"))
        ? []
        : await inspectAll(meters);
    const libraries = new Map<string, Readonly<Record<string, string>>>();
    for (const [repository, script] of prepared.scripts)
      libraries.set(repository, await findLibraries(script, options.environment));
    const history = new Map<string, Work[]>();
    let previous: PlanRow | undefined;
    for (const row of plan.rows) {
      await sleepBetween(previous, row, settings, { clock, onEvent, signal });
      if (signal.aborted) break;
      previous = row;
      const experiment = prepared.experiments[row.experiment];
      const script = prepared.scripts.get(row.repository);
      if (!experiment || !script)
        throw new RangeError(`the plan names an experiment that was not prepared: ${row.experiment}`);
      const model = `${row.repository}/${row.model}`;
      const environmentFacts = await findEnvironment(script, {
        toolVersion: plan.toolVersion,
        governor,
        devices,
        libraries: libraries.get(row.repository) ?? {},
        environment: options.environment,
      });
      const result = await runRow({
        row,
        config: experiment.config,
        script,
        meters,
        history: history.get(model) ?? [],
        rowDirectory: join(directory, rowDirectoryName(row)),
        sessionDirectory: directory,
        environment: options.environment,
        tag: options.tag,
        onMark: options.onMark,
        clock,
        signal,
        killSignal: options.killSignal ?? new AbortController().signal,
        settings,
        environmentFacts,
        onEvent,
      });
      finished.push(result);
      if (result.last?.status === "success") {
        history.set(model, [...(history.get(model) ?? []), workOf(result.last, row)]);
      } else if (settings.failFast) {
        hasFailedFast = true;
        break;
      }
    }
  } catch (error) {
    // What has finished stays finished: its summary is there even if the disk is full or the gate refused
    await rebuildSummary(directory).catch(() => undefined);
    throw error;
  } finally {
    await governor.restore().catch((error: unknown) => {
      onEvent({ type: "warning", code: "governor", message: `the governor was not restored: ${String(error)}` });
    });
  }
  const result = await conclude(plan, directory, finished, signal);
  if (!result.isInterrupted && !hasFailedFast) assertComplete(plan, finished);
  onEvent({ type: "session-finished", result });
  return result;
}

function checkRequirements(required: Settings["require"], sources: readonly SourceState[]): void {
  const missing = required.filter(
    (energy) => !sources.some(({ provides }) => provides.includes(REQUIRED_QUANTITIES[energy])),
  );
  if (missing.length === 0) return;
  const lines = sources.map(({ name, status, provides, reason, fix }) =>
    status === "ready"
      ? `  ${name}: ready, with ${provides.join(", ")} only`
      : `  ${name}: ${status}, ${reason ?? "unknown"}${fix === undefined ? "" : `; try: ${fix}`}`,
  );
  throw new RunnerError("NOT_FIT", [`Required but not measurable here: ${missing.join(", ")}`, ...lines].join("\n"));
}

async function sleepBetween(
  previous: PlanRow | undefined,
  next: PlanRow,
  settings: Settings,
  { clock, onEvent, signal }: { readonly clock: Clock; readonly onEvent: OnEvent; readonly signal: AbortSignal },
): Promise<void> {
  if (!previous || !settings.sleep || signal.aborted) return;
  const isSame = previous.experiment === next.experiment;
  const seconds = isSame ? settings.runSleepSeconds : settings.configSleepSeconds;
  if (seconds === 0) return;
  onEvent({ type: "sleeping", seconds, reason: isSame ? "run" : "configuration" });
  await clock.sleep(seconds, signal);
}

function workOf({ durationSeconds, trainingCpuSeconds }: Attempt, { hyperparameters }: PlanRow): Work {
  return { durationSeconds, cpuSeconds: trainingCpuSeconds, hyperparameters };
}

/** Executed = planned: a session that was not stopped has exactly one record of each row. */
function assertComplete({ rows }: Plan, finished: readonly FinishedRow[]): void {
  const recorded = finished.flatMap(({ record }) => (record ? [record.row] : []));
  if (recorded.length === rows.length && rows.every(({ row }, index) => recorded[index] === row)) return;
  throw new Error(`expected a record of each of the ${rows.length} planned rows, found rows ${recorded.join(", ")}`);
}

async function conclude(
  plan: Plan,
  directory: string,
  finished: readonly FinishedRow[],
  signal: AbortSignal,
): Promise<SessionResult> {
  const records = finished.flatMap(({ record }) => (record ? [record] : []));
  return {
    session: plan.session,
    directory,
    planned: plan.rows.length,
    completed: records.filter(({ status }) => status === "success").length,
    failed: records.filter(({ status }) => status === "failed").length,
    suspect: records.filter(({ status }) => status === "suspect").length,
    isInterrupted: signal.aborted && records.length < plan.rows.length,
    records: finished.flatMap(({ path }) => (path === undefined ? [] : [path])),
    summary: await rebuildSummary(directory),
  };
}
