import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { type LogScan, metricsToJson, scanLog } from "@ea/metrics-parser";
import { type Attempt, attemptToJson, isoWithOffset, toJsonText, writeFileAtomically } from "@ea/records";
import { leftoverFlags, partialFlags } from "./attempt-flags.ts";
import type { AttemptRequest } from "./attempt-request.ts";
import { RunnerError } from "./errors.ts";
import { fatalPatterns } from "./failure-patterns.ts";
import { judge } from "./judge.ts";
import { netQuantities } from "./net-quantities.ts";
import { saysNetworkFailed } from "./network-failure.ts";
import { echoFlags, echoPatterns, withoutEchoes } from "./parameter-echoes.ts";
import { implausibility } from "./plausibility.ts";
import { withLateInterruption } from "./preemption.ts";
import { type Trained, train } from "./train.ts";

/** An attempt that is over, and what decides about another one. */
export interface FinishedAttempt {
  readonly attempt: Attempt;
  readonly directory: string;
  readonly spawnError: Error | undefined;
  /** Whether the log tells of a network that failed. */
  readonly isNetworkFailure: boolean;
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
  let isNetworkFailure = false;
  try {
    trained = await train(request, { directory, command, logFd: log.fd });
    scan = await scanLog(log.createReadStream({ start: 0, autoClose: false }), {
      metrics: { ...config.performance_metrics.log_patterns, ...echoPatterns(config, row.hyperparameters) },
      fatal: fatalPatterns(config.fatal_patterns),
    });
    if (trained.exit.exitCode !== 0) isNetworkFailure = await saysNetworkFailed(log);
  } finally {
    await log.close();
  }
  const { startedAt, endedAt, measured, leftovers } = trained;
  const exit = request.isScheduled ? await withLateInterruption(trained.exit, request) : trained.exit;
  const work = {
    durationSeconds: exit.durationSeconds,
    cpuSeconds: exit.cpuSeconds,
    hyperparameters: row.hyperparameters,
  };
  const { log: found, echoes } = withoutEchoes(scan);
  const verdict = judge({
    exit,
    log: found,
    timeoutSeconds: request.timeoutSeconds,
    stallSeconds: request.stallSeconds,
    implausible: implausibility(work, config, request.history),
  });
  // A training that failed may not have come to saying it
  const isWhole = verdict.status !== "failed";
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
    meterWindows: Object.fromEntries(measured.meters.map(({ name, window }) => [name, window])),
    energyMetrics: measured.metrics,
    performanceMetrics: verdict.metrics,
    metrics: metricsToJson(found.metrics),
    energy: [...measured.quantities, ...netQuantities(measured.meters, request.idle)],
    flags: [
      ...request.flags,
      ...trained.flags,
      ...verdict.flags,
      ...echoFlags(echoes, config, row.hyperparameters).filter(({ severity }) => severity === "error" || isWhole),
      ...partialFlags(measured.quantities),
      ...leftoverFlags(leftovers, exit),
    ],
    background: trained.background,
  };
  await writeFileAtomically(join(directory, "attempt.json"), toJsonText(attemptToJson(result)));
  return { attempt: result, directory, spawnError: exit.spawnError, isNetworkFailure };
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
