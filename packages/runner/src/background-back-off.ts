import { FAST_FAILURE_SECONDS } from "./defaults.ts";

/** A training that ends well after less than this does nothing that loads a machine. */
const MIN_RUN_SECONDS = 0.2;
const FIRST_PAUSE_SECONDS = 0.5;
const MAX_PAUSE_SECONDS = 30;

/** Whether a run of a background load ended so soon that another one is not to follow at once. */
export function isQuickEnd({ exitCode, seconds }: { readonly exitCode: number; readonly seconds: number }): boolean {
  return seconds < (exitCode === 0 ? MIN_RUN_SECONDS : FAST_FAILURE_SECONDS);
}

/** Seconds before the next run, after so many quick ends in a row: 0, 0.5, 1, 2 and so on up to 30. */
export function pauseSeconds(quickEnds: number): number {
  return quickEnds === 0 ? 0 : Math.min(MAX_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (quickEnds - 1));
}
