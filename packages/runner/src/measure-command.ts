import type { Meter, Reading } from "@ea/energy";
import { type Clock, systemClock } from "./clock.ts";
import type { EndedTree } from "./end-tree.ts";
import { type Measured, startMeters } from "./measure.ts";
import { type CommandExit, type CommandProcess, superviseCommand } from "./supervise.ts";

/** What surrounds a command while it is measured. */
export interface MeasuringContext {
  /** Started one after another before the command, stopped after it; none: the command just runs. */
  readonly meters: readonly Meter[];
  /** Existing directory for the raw files of the meters. */
  readonly directory: string;
  readonly clock?: Clock | undefined;
  /** Told each reading inside the measured window. */
  readonly onReading?: ((reading: Reading) => void) | undefined;
}

/** A command that is over, and what its meters found. */
export interface MeasuredCommand {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly exit: CommandExit;
  readonly measured: Measured;
  /** What had outlived the command, and was ended. */
  readonly leftovers: EndedTree;
}

/** Runs a command once under measurement; whatever it throws, the command and what it left behind have ended. */
export async function measureCommand(command: CommandProcess, context: MeasuringContext): Promise<MeasuredCommand> {
  const { meters, directory, clock = systemClock, onReading } = context;
  const startedAt = clock.now();
  const measurement = await startMeters(meters, directory, onReading);
  let exit: CommandExit;
  try {
    exit = await superviseCommand(command);
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
