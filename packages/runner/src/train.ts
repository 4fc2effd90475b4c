import { chmodSync, statSync } from "node:fs";
import type { BackgroundLoad, Flag } from "@ea/records";
import type { AttemptRequest } from "./attempt-request.ts";
import { type BackgroundBeside, startBeside } from "./background-training.ts";
import { CGROUP_MIN_SECONDS } from "./defaults.ts";
import { type MeasuredCommand, measureCommand } from "./measure-command.ts";
import { runVariables } from "./run-variables.ts";
import { watchTime } from "./standstill.ts";
import type { CommandProcess } from "./supervise.ts";
import { type ForeignerWatching, watchForeigners } from "./watch-foreigners.ts";
import { type HostWatching, watchHost } from "./watch-host.ts";

/** A training that is over, and what was seen beside it. */
export interface Trained extends MeasuredCommand {
  readonly flags: readonly Flag[];
  /** How the load beside it did, in mode `parallel`. */
  readonly background: BackgroundLoad | undefined;
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
  let beside: BackgroundBeside | undefined;
  let host: HostWatching | undefined;
  const { mode } = statSync(directory);
  const time = watchTime(clock);
  const training: CommandProcess = {
    file,
    args,
    workingDirectory: script.workingDirectory,
    environment: { ...request.environment, ...script.variables, ...runVariables(request, directory) },
    tag: { name: "EARUN_ATTEMPT", value: `${request.tag}.${row.row}.${attempt}` },
    stdio: ["ignore", logFd, logFd],
    timeoutSeconds: request.timeoutSeconds,
    stall: request.stallSeconds === 0 ? undefined : { stallSeconds: request.stallSeconds, outputFd: logFd },
    hasCgroup: !request.history.some(({ durationSeconds }) => durationSeconds < CGROUP_MIN_SECONDS),
    onMark: request.onMark,
    otherCpuSeconds: () => watching?.cpuSeconds() ?? 0,
    onStart: (identity) => {
      host?.follow(identity);
      if (request.isWatched) watching = watchForeigners({ meters, identity, ...beside?.watch });
    },
    onExit: () => {
      beside?.endWindow();
      unlock(directory, mode);
    },
    signal: request.signal,
    killSignal: request.killSignal,
  };
  try {
    beside = await startBeside(request, directory);
    host = request.isWatched ? watchHost({ directory, tag: request.tag, slotsTag: request.slot?.tag }) : undefined;
    beside?.beginWindow();
    const measured = await measureCommand(training, { meters, directory, clock, onReading: request.onReading });
    // Before the load beside it ends: what that has computed is no work of others
    const seen = [...((await watching?.flags()) ?? []), ...((await host?.flags(measured.exit.cpuSeconds)) ?? [])];
    const ended = await beside?.end();
    return { ...measured, flags: [...seen, ...time.flags(), ...(ended?.flags ?? [])], background: ended?.load };
  } finally {
    time.stop();
    host?.stop();
    watching?.stop();
    await beside?.end();
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
