import { type RecoveredEnergy, RunnerError } from "@ea/runner";
import { readEnergy } from "./parse-directory.ts";

/** The energy in the raw files of an attempt whose `ea` was killed; `undefined` when there are none, or unreadable ones. */
export async function recoverEnergy(attemptDirectory: string): Promise<RecoveredEnergy | undefined> {
  try {
    const { energy, metrics } = await readEnergy(attemptDirectory, attemptDirectory);
    return { energy, metrics };
  } catch (error) {
    if (error instanceof RunnerError && error.code === "CONFIG") return undefined; // no energy files
    throw error;
  }
}
