import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Meter } from "@ea/energy";
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
import { fatalPatterns } from "./failure-patterns.ts";
import { judge } from "./judge.ts";
import { startMeters } from "./measure.ts";
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

/** Trains once under measurement and leaves `attempt.json` beside the raw files. */
export async function runAttempt(request: AttemptRequest): Promise<FinishedAttempt> {
  const { row, attempt, clock, script } = request;
  const directory = join(request.rowDirectory, `attempt_${attempt}`);
  await mkdir(directory);
  const logPath = join(directory, "training.log");
  const log = await open(logPath, "wx");
  const [file = "", ...args] = [...script.interpreter, script.script, ...row.argv.slice(1)];
  const startedAt = clock.now();
  let exit: TrainingExit;
  let measured: Awaited<ReturnType<Awaited<ReturnType<typeof startMeters>>["stop"]>>;
  let endedAt: Date;
  let leftovers: Awaited<ReturnType<TrainingExit["sweep"]>>;
  try {
    const measurement = await startMeters(request.meters, directory);
    exit = await superviseTraining({
      file,
      args,
      workingDirectory: script.workingDirectory,
      environment: { ...request.environment, ...variables(request, directory) },
      tag: { name: "EARUN_ATTEMPT", value: `${request.tag}.${row.row}.${attempt}` },
      logFd: log.fd,
      timeoutSeconds: request.timeoutSeconds,
      signal: request.signal,
      killSignal: request.killSignal,
    });
    endedAt = clock.now();
    [measured, leftovers] = await Promise.all([measurement.stop(), exit.sweep()]);
  } finally {
    await log.close();
  }
  const scan = await readLog(logPath, request.config);
  const work = {
    durationSeconds: exit.durationSeconds,
    cpuSeconds: exit.cpuSeconds,
    hyperparameters: row.hyperparameters,
  };
  const verdict = judge({
    exit,
    log: scan,
    timeoutSeconds: request.timeoutSeconds,
    implausible: implausibility(work, request.config, request.history),
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
    command: [file, ...args],
    trainingCpuSeconds: exit.cpuSeconds,
    meterCpuSeconds: measured.meterCpuSeconds,
    energyMetrics: measured.metrics,
    performanceMetrics: verdict.metrics,
    energy: measured.quantities,
    flags: [...request.flags, ...verdict.flags, ...leftoverFlags(leftovers, exit)],
  };
  await writeFileAtomically(join(directory, "attempt.json"), toJsonText(attemptToJson(result)));
  return { attempt: result, directory, spawnError: exit.spawnError };
}

async function readLog(path: string, config: RepositoryConfig): Promise<LogScan> {
  return scanLog(createReadStream(path), {
    metrics: config.performance_metrics.log_patterns,
    fatal: fatalPatterns(config.fatal_patterns),
  });
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

function leftoverFlags(
  { ended, survivors }: Awaited<ReturnType<TrainingExit["sweep"]>>,
  { endedBy }: TrainingExit,
): readonly Flag[] {
  if (survivors.length > 0) {
    const message = `${survivors.length} processes of the training survived SIGKILL`;
    return [{ code: "survivors", severity: "error", message, evidence: { pids: [...survivors] } }];
  }
  if (ended === 0 || endedBy !== undefined) return [];
  const message = `${ended} processes outlived the training and were ended`;
  return [{ code: "leftover-processes", severity: "warning", message, evidence: { processes: ended } }];
}
