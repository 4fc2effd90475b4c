import type { AttemptRequest } from "./attempt-request.ts";
import type { EndedTree } from "./end-tree.ts";
import { type Measured, startMeters } from "./measure.ts";
import { superviseTraining, type TrainingExit } from "./supervise.ts";

/** A training that is over, and what its meters found. */
export interface Trained {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly exit: TrainingExit;
  readonly measured: Measured;
  readonly leftovers: EndedTree;
}

/** Trains once under measurement; whatever it throws, the training and what it left behind have ended. */
export async function train(
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
      onMark: request.onMark,
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
