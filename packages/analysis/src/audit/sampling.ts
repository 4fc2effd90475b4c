import type { AuditRun } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy, quantile } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** Time between two samples that a sampler keeps to when nothing holds it up. */
const USUAL_QUANTILE = 0.25;

/** A trace of fewer samples has no interval to speak of. */
const MIN_SAMPLES = 10;

/** A hole of a telemetry with whole seconds cannot be told from a late sample below this. */
const LEAST_GAP_SECONDS = 3;

/** Seconds between two samples as usual, by machine. */
export function usualIntervals(runs: readonly AuditRun[]): ReadonlyMap<string, number> {
  return new Map(
    groupBy(runs, ({ machine }) => machine).flatMap(([first, ...more]) => {
      const all = [...(first ? [first] : []), ...more].flatMap(({ traces }) =>
        traces.flatMap(({ samples, intervalSeconds }) => (samples >= MIN_SAMPLES ? (intervalSeconds ?? []) : [])),
      );
      const usual = quantile(all, USUAL_QUANTILE);
      return first && usual !== undefined ? [[first.machine, usual]] : [];
    }),
  );
}

/** Samples against the time that they stand for: a sampler that was held up, holes, and time before and after them. */
export function sampling(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  const usual = usualIntervals(runs);
  const hasTraces = new Set(runs.filter(({ traces }) => traces.length > 0).map(({ machine }) => machine));
  return runs.flatMap((run) => {
    if (run.traces.length === 0) return hasTraces.has(run.machine) ? [noTrace(run)] : [];
    return [
      ...starved(run, usual.get(run.machine), thresholds),
      ...gaps(run, thresholds),
      ...coverage(run, thresholds),
    ];
  });
}

function noTrace(run: AuditRun): Finding {
  return finding(run, "no-trace", "warning", "it has no telemetry of a GPU, other runs of its machine have", {});
}

function starved(run: AuditRun, usual: number | undefined, { starvedRatio }: Thresholds): readonly Finding[] {
  const trace = run.traces.find(
    ({ samples, intervalSeconds }) =>
      samples >= MIN_SAMPLES && (intervalSeconds ?? 0) > starvedRatio * (usual ?? Number.POSITIVE_INFINITY),
  );
  if (!trace?.intervalSeconds || usual === undefined) return [];
  const undercount = 1 - usual / trace.intervalSeconds;
  const text = `the sampler was held up: a sample every ${trace.intervalSeconds.toFixed(2)} s, usually every ${usual.toFixed(2)} s; where its samples are added up, ${(100 * undercount).toFixed(0)} % are missing`;
  const evidence = { interval_seconds: trace.intervalSeconds, usual_seconds: usual, samples: trace.samples };
  return [finding(run, "starved-sampler", "warning", text, evidence)];
}

function gaps(run: AuditRun, { gapRatio }: Thresholds): readonly Finding[] {
  const trace = run.traces.find(
    ({ longestGapSeconds, intervalSeconds }) =>
      longestGapSeconds > Math.max(LEAST_GAP_SECONDS, gapRatio * (intervalSeconds ?? Number.POSITIVE_INFINITY)),
  );
  if (!trace) return [];
  const text = `no sample for ${trace.longestGapSeconds.toFixed(1)} s: the energy of this time is a guess`;
  const evidence = { gap_seconds: trace.longestGapSeconds, interval_seconds: trace.intervalSeconds ?? null };
  return [finding(run, "trace-gap", "warning", text, evidence)];
}

function coverage(run: AuditRun, { minCoverage }: Thresholds): readonly Finding[] {
  const seconds = Math.max(...run.traces.map(({ startMs, endMs }) => (endMs - startMs) / 1000));
  // A clock of whole seconds and one interval at each end are no hole
  const slack = 2 * Math.max(1, ...run.traces.map(({ intervalSeconds }) => intervalSeconds ?? 1));
  const spanned = Math.min(1, (seconds + slack) / run.durationSeconds);
  const covered = Math.min(spanned, run.coverage ?? 1);
  if (covered >= minCoverage || run.durationSeconds * (1 - covered) < LEAST_GAP_SECONDS) return [];
  const text = `the samples cover ${(100 * covered).toFixed(0)} % of the run`;
  const evidence = { coverage: covered, duration_seconds: run.durationSeconds, sampled_seconds: seconds };
  return [finding(run, "low-coverage", "warning", text, evidence)];
}
