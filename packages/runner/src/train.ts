import { chmodSync, statSync } from "node:fs";
import type { Flag } from "@ea/records";
import type { AttemptRequest } from "./attempt-request.ts";
import { CGROUP_MIN_SECONDS } from "./defaults.ts";
import { type MeasuredCommand, measureCommand } from "./measure-command.ts";
import { watchTime } from "./standstill.ts";
import type { CommandProcess } from "./supervise.ts";
import { type ForeignerWatching, watchForeigners } from "./watch-foreigners.ts";
import { watchHost } from "./watch-host.ts";

/** A training that is over, and what was seen beside it. */
export interface Trained extends MeasuredCommand {
  readonly flags: readonly Flag[];
}

/** Trains once under measurement; whatever it throws, the training and what it left behind have ended. */
export async function train(
  request: AttemptRequest,
  context: { readonly directory: string; readonly command: readonly string[]; readonly logFd: number },
): Promise<Trained> {
  const { row, attempt, clock, script, meters } = request;
  const { directory, logFd } = context;
  const [file = "", ...args] = context.command;
  let watching: ForeignerWatching | undefined;
  const { mode } = statSync(directory);
  const time = watchTime(clock);
  const host = request.isWatched ? watchHost({ directory, tag: request.tag }) : undefined;
  const training: CommandProcess = {
    file,
    args,
    workingDirectory: script.workingDirectory,
    environment: { ...request.environment, ...script.variables, ...variables(request, directory) },
    tag: { name: "EARUN_ATTEMPT", value: `${request.tag}.${row.row}.${attempt}` },
    stdio: ["ignore", logFd, logFd],
    timeoutSeconds: request.timeoutSeconds,
    stall: request.stallSeconds === 0 ? undefined : { stallSeconds: request.stallSeconds, outputFd: logFd },
    hasCgroup: !request.history.some(({ durationSeconds }) => durationSeconds < CGROUP_MIN_SECONDS),
    onMark: request.onMark,
    otherCpuSeconds: () => watching?.cpuSeconds() ?? 0,
    onStart: (identity) => {
      host?.follow(identity);
      if (request.isWatched) watching = watchForeigners({ meters, identity });
    },
    onExit: () => unlock(directory, mode),
    signal: request.signal,
    killSignal: request.killSignal,
  };
  try {
    const measured = await measureCommand(training, { meters, directory, clock });
    const seen = [...((await watching?.flags()) ?? []), ...((await host?.flags(measured.exit.cpuSeconds)) ?? [])];
    return { ...measured, flags: [...seen, ...time.flags()] };
  } finally {
    time.stop();
    host?.stop();
    watching?.stop();
  }
}

/** A training may have taken our rights to its attempt's directory, where the meters' files and its record go. */
function unlock(directory: string, mode: number): void {
  try {
    chmodSync(directory, mode);
  } catch (error) {
    // It is gone, or another's: then writing there says so
    if (!(error instanceof Error && "code" in error)) throw error;
  }
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
