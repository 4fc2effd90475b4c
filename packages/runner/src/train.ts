import type { BackgroundLoad, Flag } from "@ea/records";
import type { AttemptRequest } from "./attempt-request.ts";
import { type BackgroundBeside, startBeside } from "./background-training.ts";
import { watchLoad } from "./host-flags.ts";
import { type MeasuredCommand, measureCommand } from "./measure-command.ts";
import { runVariables } from "./run-variables.ts";
import type { CommandProcess } from "./supervise.ts";
import { type ForeignerWatching, watchForeigners } from "./watch-foreigners.ts";

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
  const training: CommandProcess = {
    file,
    args,
    workingDirectory: script.workingDirectory,
    environment: { ...request.environment, ...script.variables, ...runVariables(request, directory) },
    tag: { name: "EARUN_ATTEMPT", value: `${request.tag}.${row.row}.${attempt}` },
    stdio: ["ignore", logFd, logFd],
    timeoutSeconds: request.timeoutSeconds,
    stall: request.stallSeconds === 0 ? undefined : { stallSeconds: request.stallSeconds, outputFd: logFd },
    onMark: request.onMark,
    onStart: (identity) => {
      if (request.isWatched) watching = watchForeigners({ meters, identity, ...beside?.watch });
    },
    onExit: () => beside?.endWindow(),
    signal: request.signal,
    killSignal: request.killSignal,
  };
  try {
    beside = await startBeside(request, directory);
    const load = request.isWatched ? await watchLoad() : undefined;
    beside?.beginWindow();
    const measured = await measureCommand(training, { meters, directory, clock, onReading: request.onReading });
    const flags = [
      ...((await watching?.flags()) ?? []),
      ...((await load?.(ownSeconds(measured.exit.cpuSeconds, beside))) ?? []),
    ];
    const ended = await beside?.end();
    return { ...measured, flags: [...flags, ...(ended?.flags ?? [])], background: ended?.load };
  } finally {
    watching?.stop();
    await beside?.end();
  }
}

/** What the load beside it has computed is no work of others. */
function ownSeconds(training: number | undefined, beside: BackgroundBeside | undefined): number | undefined {
  const load = beside ? beside.cpuSeconds() : 0;
  return training === undefined || load === undefined ? undefined : training + load;
}
