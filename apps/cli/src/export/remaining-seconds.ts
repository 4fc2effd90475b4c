import type { RecordJson, StatusJson } from "@ea/records";
import { remainingTime } from "../live/remaining-time.ts";

type Ended = Pick<RecordJson, "timestamp" | "duration_seconds">;

/**
 * Seconds that a session still takes, by the times from the end of one run to the end of the next.
 *
 * @returns `undefined` before the second run has ended.
 */
export function remainingSeconds(
  records: readonly Ended[],
  { planned }: Pick<StatusJson, "planned">,
): number | undefined {
  const ends = records
    .map(({ timestamp, duration_seconds: seconds }) => Date.parse(timestamp) / 1000 + (seconds ?? 0))
    .filter(Number.isFinite)
    .sort((one, other) => one - other);
  const turnarounds = ends.slice(1).map((end, index) => end - (ends[index] ?? end));
  return remainingTime(turnarounds, Math.max(0, planned - records.length))?.seconds;
}
