import { type AuditRun, peerGroup } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy, median, scaledDeviation } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** Parameters that repetitions differ in. */
const SEED = /(?:^|_)seed$/i;

/** Energies and durations far from those of the same configuration; `runs` are those that nothing graver speaks against. */
export function outliers(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  return groupBy(runs, configurationOf)
    .filter(({ length }) => length > thresholds.minPeers)
    .flatMap((group) => [
      ...far(group, "GPU energy", "J", ({ gpuJoules }) => gpuJoules, thresholds),
      ...far(group, "duration", "s", ({ durationSeconds }) => durationSeconds, thresholds),
    ]);
}

/** Everything that was decided before a run, but its seed. */
function configurationOf(run: AuditRun): string {
  const values = Object.entries(run.parameters).filter(([name]) => !SEED.test(name));
  return JSON.stringify([peerGroup(run), values.toSorted(([a], [b]) => Number(a > b) - Number(a < b))]);
}

function far(
  group: readonly AuditRun[],
  what: string,
  unit: string,
  of: (run: AuditRun) => number | undefined,
  { outlierDeviations, outlierShare, minPeers }: Thresholds,
): readonly Finding[] {
  const values = group.flatMap((run) => of(run) ?? []);
  const [middle, spread] = [median(values), scaledDeviation(values)];
  if (middle === undefined || spread === undefined || values.length <= minPeers) return [];
  return group.flatMap((run) => {
    const value = of(run);
    const distance = value === undefined ? 0 : Math.abs(value - middle);
    if (value === undefined || distance <= outlierDeviations * spread || distance <= outlierShare * middle) return [];
    const text = `${what} ${value.toPrecision(3)} ${unit}: ${values.length} runs of its configuration have ${middle.toPrecision(3)} ${unit} in the median`;
    const evidence = { quantity: what, value, median: middle, scaled_deviation: spread, runs: values.length };
    return [finding(run, "outlier", "warning", text, evidence)];
  });
}
