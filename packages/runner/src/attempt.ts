import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Meter, Quantity } from "@ea/energy";
import { type LogScan, scanLog } from "@ea/metrics-parser";
import {
  type Attempt,
  attemptToJson,
  type Flag,
  isoWithOffset,
  type PlanRow,
  toJsonText,
  writeFileAtomically,
} from "@ea/records";
import type { Clock } from "./clock.ts";
import type { EndedTree } from "./end-tree.ts";
import { RunnerError } from "./errors.ts";
import { fatalPatterns } from "./failure-patterns.ts";
import { judge } from "./judge.ts";
import { type Measured, startMeters } from "./measure.ts";
import type { RepositoryConfig } from "./models-config.ts";
import { implausibility, type Work } from "./plausibility.ts";
import { superviseTraining, type TrainingExit } from "./supervise.ts";
import type { TrainingScript } from "./training-script.ts";

/** Everything that one execution of a row needs. */
export interface AttemptRequest {
  readonly row: PlanRow;
  /** 1-based. */
  readonly attempt: number;
  readonly config: RepositoryConfig;
  readonly script: TrainingScript;
  readonly meters: readonly Meter[];
  readonly timeoutSeconds: number;
  /** Earlier successful runs of the same model. */
  readonly history: readonly Work[];
  readonly rowDirectory: string;
  readonly sessionDirectory: string;
  /** Environment of the caller, passed on to the training. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Tag of the session, unique among all sessions. */
  readonly tag: string;
  readonly flags: readonly Flag[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly killSignal: AbortSignal;
}

/** An attempt that is over, and what decides about another one. */
export interface FinishedAttempt {
  readonly attempt: Attempt;
  readonly directory: string;
  readonly spawnError: Error | undefined;
}

/**
 * Trains once under measurement and leaves `attempt.json` beside the raw files. Whatever it throws, the training and
 * what it left behind have ended.
 *
 * @throws {RunnerError} `STARTED_TWICE` when the attempt has a directory already.
 */
export async function runAttempt(request: AttemptRequest): Promise<FinishedAttempt> {
  const { row, attempt, script, config } = request;
  const directory = await makeDirectory(request);
  const command = [...script.interpreter, script.script, ...row.argv.slice(1)];
  // Appended, so that a script that writes to /dev/stderr overwrites nothing; read through the same descriptor, so that
  // a training may remove its log
  const log = await open(join(directory, "training.log"), "ax+");
  let trained: Trained;
  let scan: LogScan;
  try {
    trained = await train(request, { directory, command, logFd: log.fd });
    scan = await scanLog(log.createReadStream({ start: 0, autoClose: false }), {
      metrics: config.performance_metrics.log_patterns,
      fatal: fatalPatterns(config.fatal_patterns),
    });
  } finally {
    await log.close();
  }
  const { startedAt, endedAt, exit, measured, leftovers } = trained;
  const work = {
    durationSeconds: exit.durationSeconds,
    cpuSeconds: exit.cpuSeconds,
    hyperparameters: row.hyperparameters,
  };
  const verdict = judge({
    exit,
    log: scan,
    timeoutSeconds: request.timeoutSeconds,
    implausible: implausibility(work, config, request.history),
  });
  const result: Attempt = {
    attempt,
    startedAt: isoWithOffset(startedAt),
    endedAt: isoWithOffset(endedAt),
    durationSeconds: exit.durationSeconds,
    status: verdict.status,
    failureClass: verdict.failureClass,
    errorMessage: verdict.errorMessage,
    exitCode: exit.exitCode,
    signal: exit.signal,
    command,
    trainingCpuSeconds: exit.cpuSeconds,
    meterCpuSeconds: measured.meterCpuSeconds,
    energyMetrics: measured.metrics,
    performanceMetrics: verdict.metrics,
    energy: measured.quantities,
    flags: [
      ...request.flags,
      ...verdict.flags,
      ...partialFlags(measured.quantities),
      ...leftoverFlags(leftovers, exit),
    ],
  };
  await writeFileAtomically(join(directory, "attempt.json"), toJsonText(attemptToJson(result)));
  return { attempt: result, directory, spawnError: exit.spawnError };
}

async function makeDirectory({ rowDirectory, attempt }: AttemptRequest): Promise<string> {
  const directory = join(rowDirectory, `attempt_${attempt}`);
  try {
    await mkdir(directory);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    throw new RunnerError("STARTED_TWICE", `${directory} exists already: an attempt is made once`, { cause: error });
  }
  return directory;
}

interface Trained {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly exit: TrainingExit;
  readonly measured: Measured;
  readonly leftovers: EndedTree;
}

async function train(
  request: AttemptRequest,
  context: { readonly directory: string; readonly command: readonly string[]; readonly logFd: number },
): Promise<Trained> {
  const { row, attempt, clock, script } = request;
  const [file = "", ...args] = context.command;
  const startedAt = clock.now();
  const measurement = await startMeters(request.meters, context.directory);
  let exit: TrainingExit;
  try {
    exit = await superviseTraining({
      file,
      args,
      workingDirectory: script.workingDirectory,
      environment: { ...request.environment, ...variables(request, context.directory) },
      tag: { name: "EARUN_ATTEMPT", value: `${request.tag}.${row.row}.${attempt}` },
      logFd: context.logFd,
      timeoutSeconds: request.timeoutSeconds,
      signal: request.signal,
      killSignal: request.killSignal,
    });
  } catch (error) {
    await measurement.stop().catch(() => undefined);
    throw error;
  }
  const endedAt = clock.now();
  const stopping = measurement.stop();
  const sweeping = exit.sweep();
  // Each to its end, whatever becomes of the other: a full disk must leave no processes behind
  await Promise.allSettled([stopping, sweeping]);
  return { startedAt, endedAt, exit, measured: await stopping, leftovers: await sweeping };
}

/** What a training may know about the run that it is. */
function variables(
  { row, attempt, sessionDirectory, rowDirectory }: AttemptRequest,
  directory: string,
): Record<string, string> {
  return {
    EARUN_EXPERIMENT_ID: row.experimentId,
    EARUN_ROW: String(row.row),
    EARUN_REPETITION: String(row.repetition),
    EARUN_ATTEMPT_NUMBER: String(attempt),
    EARUN_SESSION_DIRECTORY: sessionDirectory,
    EARUN_ROW_DIRECTORY: rowDirectory,
    EARUN_ATTEMPT_DIRECTORY: directory,
  };
}

/** The 11 metrics have no room to say so: their reader has to know that a number is not the energy of the whole run. */
function partialFlags(quantities: readonly Quantity[]): readonly Flag[] {
  return quantities
    .filter(({ quality }) => quality === "partial")
    .map(({ name, device, reason, coverage, value }) => ({
      code: "energy-partial",
      severity: "error",
      message: `${name}${device === undefined ? "" : ` of ${device}`} is not the energy of the whole run: ${reason ?? ""}`,
      evidence: { name, device: device ?? null, value, coverage: coverage ?? null },
    }));
}

function leftoverFlags({ ended, survivors }: EndedTree, { endedBy }: TrainingExit): readonly Flag[] {
  if (survivors.length > 0) {
    const message = `${survivors.length} processes of the training survived SIGKILL`;
    return [{ code: "survivors", severity: "error", message, evidence: { pids: [...survivors] } }];
  }
  if (ended === 0 || endedBy !== undefined) return [];
  const message = `${ended} processes outlived the training and were ended`;
  return [{ code: "leftover-processes", severity: "warning", message, evidence: { processes: ended } }];
}
