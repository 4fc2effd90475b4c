import { configError, DEFAULT_PROFILE, loadSlurmProfile, type SlurmCalls, type SlurmProfile } from "@ea/runner";
import type { Terminal } from "../terminal.ts";

interface ProfileFlags {
  readonly profile?: string | undefined;
  readonly parallel?: string | undefined;
  readonly "rows-per-task"?: string | undefined;
}

/**
 * The profile file that was given, or one of nothing, and the flags that beat it.
 *
 * @throws {RunnerError} `CONFIG` naming everything that cannot be used.
 */
export async function profileFromFlags(flags: ProfileFlags, { workingDirectory }: Terminal): Promise<SlurmProfile> {
  const file = flags.profile === undefined ? DEFAULT_PROFILE : await loadSlurmProfile(flags.profile, workingDirectory);
  return {
    ...file,
    parallel: positive("parallel", flags.parallel) ?? file.parallel,
    rows_per_task: positive("rows-per-task", flags["rows-per-task"]) ?? file.rows_per_task,
  };
}

/** How Slurm is called with a profile. */
export function callsOf(profile: SlurmProfile, { environment }: Terminal, signal?: AbortSignal): SlurmCalls {
  return { environment, answerMs: profile.answer_seconds * 1000, signal };
}

/** A positive integer of a flag. */
export function positive(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text.trim()) ? Number(text) : 0;
  if (value > 0 && Number.isSafeInteger(value)) return value;
  throw configError([{ file: undefined, path: `--${flag}`, message: `expected a positive integer, found "${text}"` }]);
}
