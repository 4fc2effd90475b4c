import type { ArrayStanding, SlurmStanding } from "@ea/runner";

/** How a session stands with Slurm, for people. */
export function slurmStandingText(standing: SlurmStanding): string {
  const { session, planned, ended, active, outOfTime, missing, arrays } = standing;
  const counts = [
    `${ended} of ${planned} rows ended`,
    active > 0 && `${active} wait or run`,
    outOfTime.length > 0 && `${outOfTime.length} ran out of their job's time`,
    missing.length > 0 && `${missing.length} not in the queue`,
  ];
  const lines = [`${session}: ${counts.filter(Boolean).join(", ")}`, ...arrays.flatMap(arrayLines), next(standing)];
  return lines.map((line) => `${line}\n`).join("");
}

function next({ session, planned, ended, outOfTime, missing }: SlurmStanding): string {
  if (ended === planned) return `Next: ea slurm collect ${session}`;
  if (missing.length > 0) return `Next: ea slurm submit ${session}`;
  if (outOfTime.length > 0) return `Next: ea slurm submit ${session} --retry-timeouts, with a longer "time"`;
  return `Next: ea slurm status ${session}`;
}

function arrayLines({ job, name, reason, tasks, waiting, runningOn, ended }: ArrayStanding): readonly string[] {
  if (job === undefined) return [`  ${name}: not taken: ${reason ?? "unknown"}`];
  const waits = waiting.reduce((sum, each) => sum + each.tasks, 0);
  const counts = [
    waits > 0 && `${waits} wait`,
    runningOn.length > 0 && `${runningOn.length} run on ${[...new Set(runningOn)].join(", ")}`,
    ended > 0 && `${ended} ended`,
  ];
  return [
    `  job ${job}: ${tasks} tasks: ${counts.filter(Boolean).join(", ")}`,
    ...waiting
      .filter(({ reason: why }) => why !== "None")
      .map(
        (each) =>
          `    ${each.tasks} wait: ${each.reason}${each.isForGood ? ", which does not pass by itself: ea slurm cancel, another profile, submit" : ""}`,
      ),
  ];
}

/** The same for programs. */
export function slurmStandingJson({ outOfTime, arrays, ...standing }: SlurmStanding): Record<string, unknown> {
  return {
    ...standing,
    out_of_time: outOfTime,
    arrays: arrays.map(({ name, job, reason, submittedAt, tasks, waiting, runningOn, ended }) => ({
      name,
      job: job ?? null,
      reason: reason ?? null,
      submitted_at: submittedAt,
      tasks,
      waiting: waiting.map(({ reason: why, tasks: count, isForGood }) => ({
        reason: why,
        tasks: count,
        for_good: isForGood,
      })),
      running_on: runningOn,
      ended,
    })),
  };
}
