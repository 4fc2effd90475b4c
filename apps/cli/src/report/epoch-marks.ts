import type { AttemptJson } from "@ea/records";
import type { EpochMark } from "@ea/report";

/** How far outside of an attempt a time stamp may lie: a log is written to the second. */
const SLACK_SECONDS = 2;

/**
 * When epochs ended, by the series of a metric whose lines had time stamps: the one with most of them. Stamps that lie
 * outside of the attempt are of another clock or time zone, and none is used.
 */
export function epochMarks(attempt: AttemptJson, startMs: number): readonly EpochMark[] {
  const lastSecond = (Date.parse(attempt.ended_at) - startMs) / 1000 + SLACK_SECONDS;
  const candidates = Object.values(attempt.metrics ?? {}).map(({ series }) => {
    const marks = (series?.points ?? []).flatMap(({ x, time }, index): readonly EpochMark[] => {
      const momentMs = time === null ? Number.NaN : Date.parse(withOffset(time, attempt.started_at));
      const seconds = (momentMs - startMs) / 1000;
      return Number.isFinite(seconds) ? [{ seconds, label: String(x ?? index + 1) }] : [];
    });
    return marks.every(({ seconds }) => seconds >= -SLACK_SECONDS && seconds <= lastSecond) ? marks : [];
  });
  const best = candidates.toSorted((a, b) => b.length - a.length)[0] ?? [];
  return best.map(({ seconds, label }) => ({ seconds: Math.max(0, seconds), label }));
}

/** A time without a zone is local time of the machine on which the attempt ran. */
function withOffset(time: string, startedAt: string): string {
  if (/(Z|[+-]\d{2}:?\d{2})$/i.test(time)) return time;
  return `${time}${/(Z|[+-]\d{2}:\d{2})$/i.exec(startedAt)?.[0] ?? ""}`;
}
