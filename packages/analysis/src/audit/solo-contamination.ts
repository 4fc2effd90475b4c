import type { AuditRun } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy, quantile } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";
import type { TraceFeatures } from "./trace-features.ts";

/** Of the powers at which runs start, this one is of a GPU that waits, as long as a quarter of the runs are clean. */
const WAITING_QUANTILE = 0.25;

/**
 * Watts of a GPU that waits for a training, by machine and GPU: the lower quartile of what trainings without a load beside
 * them start at. Starts of a GPU that is seen at work do not count.
 */
export function waitingPowers(
  runs: readonly AuditRun[],
  { edgeUtilizationPercent }: Thresholds,
): ReadonlyMap<string, number> {
  const isWaiting = ({ startUtilizationPercent: percent }: TraceFeatures): boolean =>
    percent === undefined || percent < edgeUtilizationPercent;
  const starts = runs
    .filter(({ mode }) => mode !== "parallel")
    .flatMap((run) =>
      run.traces.filter(isWaiting).map((trace) => ({ key: gpuKey(run, trace), watts: trace.startWatts })),
    );
  return new Map(
    groupBy(starts, ({ key }) => key).flatMap((group) => {
      const watts = quantile(
        group.map((each) => each.watts),
        WAITING_QUANTILE,
      );
      const [first] = group;
      return first && watts !== undefined ? [[first.key, watts]] : [];
    }),
  );
}

/**
 * Runs without a load beside them whose GPU was at work before the training can have reached it, and never came to rest:
 * another process used it.
 */
export function soloContamination(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  const waiting = waitingPowers(runs, thresholds);
  return runs
    .filter(({ mode }) => mode !== "parallel")
    .flatMap((run) => {
      const trace = run.traces.find((each) => isBusyThroughout(each, waiting.get(gpuKey(run, each)), thresholds));
      if (!trace) return [];
      const waitingWatts = waiting.get(gpuKey(run, trace)) ?? null;
      const text = `another process used the GPU: at the start, before the training can have reached it, it drew ${trace.startWatts.toFixed(0)} W${percentText(trace)}, and at no time less than ${trace.minWatts.toFixed(0)} W; waiting it draws ${(waitingWatts ?? 0).toFixed(0)} W`;
      const evidence = {
        start_watts: trace.startWatts,
        min_watts: trace.minWatts,
        start_utilization_percent: trace.startUtilizationPercent ?? null,
        waiting_watts: waitingWatts,
        gpu: trace.device,
      };
      return [finding(run, "contaminated", "error", text, evidence)];
    });
}

/** Whether a GPU came to rest at some time of a run: then no other process kept it busy. */
export function cameToRest(run: AuditRun, waiting: ReadonlyMap<string, number>, { floorRatio }: Thresholds): boolean {
  return run.traces.some((trace) => {
    const watts = waiting.get(gpuKey(run, trace));
    return watts !== undefined && trace.minWatts < watts * floorRatio;
  });
}

function isBusyThroughout(trace: TraceFeatures, waitingWatts: number | undefined, thresholds: Thresholds): boolean {
  const { floorRatio, edgeUtilizationPercent } = thresholds;
  const isAtWork = (trace.startUtilizationPercent ?? 100) >= edgeUtilizationPercent;
  if (waitingWatts === undefined || !isAtWork) return false;
  // A clock of 1 s or a sampler that began late may miss the edge: the floor of the whole run decides as well
  return trace.startWatts > waitingWatts * floorRatio && trace.minWatts > waitingWatts * floorRatio;
}

function gpuKey(run: AuditRun, trace: TraceFeatures): string {
  return JSON.stringify([run.machine, trace.device]);
}

function percentText({ startUtilizationPercent: percent }: TraceFeatures): string {
  return percent === undefined ? "" : ` and was busy for ${percent.toFixed(0)} % of the time`;
}
