import { type RecoveredEnergy, RunnerError } from "@ea/runner";
import { refusal } from "./input-error.ts";
import { readEnergy } from "./parse-directory.ts";

/** The energy in the raw files of an attempt whose `ea` was killed, or why there is none. */
export async function recoverEnergy(attemptDirectory: string): Promise<RecoveredEnergy | { readonly reason: string }> {
  try {
    const { energy, metrics } = await readEnergy(attemptDirectory, attemptDirectory);
    return { energy, metrics };
  } catch (error) {
    const refused = refusal(attemptDirectory, error);
    if (refused instanceof RunnerError && refused.code === "CONFIG") return { reason: refused.message };
    throw error;
  }
}
