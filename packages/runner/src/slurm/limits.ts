import { callSlurm, noAnswer, type SlurmCalls } from "./call-slurm.ts";
import type { SlurmProfile } from "./profile.ts";

/** What Slurm has as its default. */
const DEFAULT_MAX_ARRAY_SIZE = 1001;

/** `MaxArraySize` of `scontrol show config`. */
export function maxArraySizeIn(config: string): number {
  const [, size] = /^MaxArraySize\s*=\s*(\d+)\s*$/m.exec(config) ?? [];
  return size === undefined ? DEFAULT_MAX_ARRAY_SIZE : Number(size);
}

/** The smallest limit of submitted jobs in what `sacctmgr -nP` prints; `undefined` without any. */
export function maxSubmitIn(associations: string): number | undefined {
  const limits = associations.split(/[\n|]/).flatMap((field) => (/^\d+$/.test(field.trim()) ? [Number(field)] : []));
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/**
 * What an array may have, and how many tasks a user may have in the queue.
 *
 * @throws {RunnerError} `NOT_FIT` when Slurm does not answer.
 */
export async function slurmLimits(
  profile: SlurmProfile,
  calls: SlurmCalls,
): Promise<{ readonly maxArraySize: number; readonly maxSubmit: number | undefined }> {
  const config = await callSlurm("scontrol", ["show", "config"], calls);
  if (config.exitCode !== 0) throw noAnswer("scontrol", config);
  const maxArraySize = maxArraySizeIn(config.stdout);
  const hasAccounting = /^AccountingStorageType\s*=\s*accounting_storage\/slurmdbd/m.test(config.stdout);
  if (profile.max_submit !== undefined || !hasAccounting) return { maxArraySize, maxSubmit: profile.max_submit };
  const fields = ["-n", "-P", "show", "assoc", `user=${calls.environment["USER"] ?? ""}`, "format=MaxSubmit,GrpSubmit"];
  const associations = await callSlurm("sacctmgr", fields, calls);
  // Without rights to look, sbatch still says when it is too much
  return { maxArraySize, maxSubmit: associations.exitCode === 0 ? maxSubmitIn(associations.stdout) : undefined };
}
