import type { SubmitResult } from "@ea/runner";

/** What became of the rows of a session, for people. */
export function submitText({ session, planned, ended, active, outOfTime, leftOut, arrays }: SubmitResult): string {
  const tasks = arrays.reduce((sum, array) => sum + array.tasks, 0);
  const lines = [
    tasks > 0 ? `${session}: ${tasks} tasks submitted` : `${session}: nothing to submit`,
    ...arrays.map(({ job, indices }) => `  job ${job}: tasks ${short(indices)}`),
    `  ${planned} rows planned: ${[`${ended} ended`, active && `${active} in the queue before`].filter(Boolean).join(", ")}`,
    ...(outOfTime.length > 0
      ? [`  left out, as their job's time was over: ${outOfTime.length} rows; --retry-timeouts submits them`]
      : []),
    ...(leftOut > 0 ? [`  no room in the queue for ${leftOut} rows: submit again once some have ended`] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The same for programs. */
export function submitJson({ outOfTime, leftOut, ...result }: SubmitResult): Record<string, unknown> {
  return { ...result, out_of_time: outOfTime, left_out: leftOut };
}
