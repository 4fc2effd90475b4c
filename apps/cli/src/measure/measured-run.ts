import { constants } from "node:os";
import type { Quantity } from "@ea/energy";
import type { RunPower } from "./power-tracker.ts";

/** One energy of a run, with its power. */
export interface RunEnergy extends RunPower {
  readonly quantity: Quantity;
}

/** One measured run of one command. */
export interface MeasuredRun {
  /** Index of the command. */
  readonly command: number;
  /** Number of the run of this command, from 0. */
  readonly run: number;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Whether it was interrupted, by us or by the keys of the terminal. */
  readonly isInterrupted: boolean;
  readonly durationSeconds: number;
  readonly energies: readonly RunEnergy[];
  /** CPU seconds that each meter has cost. */
  readonly meterCpuSeconds: Readonly<Record<string, number>>;
  /** Processes that outlived the command, and were ended. */
  readonly leftovers: number;
}

/** What `ea` exits with for a command that ended like this, as a shell would: its code, or 128 and the signal. */
export function exitStatus({ exitCode, signal }: Pick<MeasuredRun, "exitCode" | "signal">): number {
  if (exitCode !== undefined) return exitCode;
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1];
  return 128 + (number ?? 0);
}

/** Whether the run counts: it ended by itself and with 0. */
export function isComplete(run: Pick<MeasuredRun, "exitCode" | "isInterrupted">): boolean {
  return run.exitCode === 0 && !run.isInterrupted;
}
