import type { Flag } from "@ea/records";
import { type AuditRun, claimsSuccess } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { paceOf } from "./pace.ts";
import { groupBy, median, scaledDeviation } from "./robust.ts";
import { cameToRest, waitingPowers } from "./solo-contamination.ts";
import type { Thresholds } from "./thresholds.ts";

/** How a run beside a load stands between the nearest runs without one. */
interface Place {
  readonly run: AuditRun;
  /** Nearest contaminated neighbours, before and after; at most two. */
  readonly contaminated: readonly AuditRun[];
  readonly isBetween: boolean;
}

/**
 * Runs beside a load of ours that a foreign process slowed down as well. Their GPU is busy by design, so that the floor of
 * its power says nothing: the nearest runs without a load, before and after on the same machine, were contaminated; the GPU
 * never came to rest; and where clean runs of the same kind exist, this one is slower than they are. Where neither they nor
 * a later neighbour tell, it is only perhaps.
 */
export function parallelContamination(
  runs: readonly AuditRun[],
  solo: readonly Finding[],
  thresholds: Thresholds,
): readonly Finding[] {
  const told = runs.filter(({ mode, flags }) => mode !== "parallel" && flags.some(isContamination));
  const contaminated = new Set([...solo.map((each) => each.experiment_id), ...told.map(({ id }) => id)]);
  const waiting = waitingPowers(runs, thresholds);
  const places = groupBy(runs, ({ machine }) => machine).flatMap((machine) =>
    placesOf(machine, contaminated, thresholds),
  );
  const suspected = places.filter(
    (place) => place.contaminated.length > 0 && !cameToRest(place.run, waiting, thresholds),
  );
  const suspects = new Set(suspected.map(({ run }) => run));
  const usual = usualPaces(
    runs.filter((run) => run.mode === "parallel" && !suspects.has(run)),
    thresholds,
  );
  return suspected.flatMap((place) => {
    const pace = paceOf(place.run);
    const usualSeconds = usual.get(pace.group);
    const ratio = usualSeconds === undefined ? undefined : pace.seconds / usualSeconds;
    // A run that failed early has no pace, and a foreign process does not go away for it
    const isSlow = ratio !== undefined && ratio >= thresholds.slowdownRatio;
    if (ratio === undefined && !place.isBetween) return [perhaps(place)];
    if (!(isSlow || place.isBetween)) return [];
    if (ratio !== undefined && !isSlow && !isShort(ratio, thresholds) && isTelling(ratio)) return [];
    const slower = isSlow ? `, and it took ${ratio.toFixed(1)} times as long as clean runs of its kind` : "";
    const message = `another process used the GPU beside the load: ${neighbourText(place)}; the GPU never came to rest${slower}`;
    const evidence = {
      neighbours: place.contaminated.map(({ id }) => id),
      slowdown: ratio ?? null,
      min_watts: Math.min(...place.run.traces.map(({ minWatts }) => minWatts)),
    };
    return [finding(place.run, "contaminated", "error", message, evidence)];
  });
}

function isContamination({ code, severity }: Flag): boolean {
  return code === "contaminated" && severity === "error";
}

/** Next to a contaminated run, and nothing tells whether the process was still there. */
function perhaps(place: Place): Finding {
  const message = `another process may have used the GPU beside the load: ${neighbourText(place)}; the GPU never came to rest, and there are too few clean runs of its kind to compare its duration with`;
  const evidence = { neighbours: place.contaminated.map(({ id }) => id) };
  return finding(place.run, "perhaps-contaminated", "warning", message, evidence);
}

/** Below this a run between two contaminated ones is as fast as clean ones: the process had gone. */
const AS_FAST = 1.2;

function isTelling(ratio: number): boolean {
  return ratio < AS_FAST;
}

function isShort(ratio: number, { shortRatio }: Thresholds): boolean {
  return ratio < shortRatio;
}

function neighbourText({ contaminated, isBetween }: Place): string {
  const names = contaminated.map(({ id }) => id).join(" and ");
  return isBetween ? `${names}, before and after it, had one` : `${names}, next to it, had one`;
}

/** Runs beside a load, with the runs without one that are nearest in time. */
function placesOf(
  machine: readonly AuditRun[],
  contaminated: ReadonlySet<string>,
  { neighbourHours }: Thresholds,
): readonly Place[] {
  const ordered = machine.toSorted((a, b) => a.startMs - b.startMs);
  const before = nearestSolo(ordered);
  const after = nearestSolo(ordered.toReversed()).toReversed();
  const isNear = (a: AuditRun, b: AuditRun): boolean => b.startMs - a.endMs <= neighbourHours * 3_600_000;
  return ordered.flatMap((run, index) => {
    if (run.mode !== "parallel") return [];
    const [earlier, later] = [before[index], after[index]];
    const near = [
      ...(earlier && isNear(earlier, run) ? [earlier] : []),
      ...(later && isNear(run, later) ? [later] : []),
    ];
    const bad = near.filter(({ id }) => contaminated.has(id));
    return [{ run, contaminated: bad, isBetween: bad.length === 2 }];
  });
}

/** For each of the runs, the last one before it without a load. */
function nearestSolo(runs: readonly AuditRun[]): readonly (AuditRun | undefined)[] {
  let last: AuditRun | undefined;
  return runs.map((run) => {
    const found = last;
    if (run.mode !== "parallel") last = run;
    return found;
  });
}

/** Kinds of runs whose paces scatter more say nothing about a single one. */
const MAX_SCATTER = 0.2;

/** The usual pace of each kind of run, of those that succeeded, where they agree. */
function usualPaces(runs: readonly AuditRun[], { minPeers, shortRatio }: Thresholds): ReadonlyMap<string, number> {
  const paces = runs.filter(claimsSuccess).map(paceOf);
  return new Map(
    groupBy(paces, ({ group }) => group).flatMap((group) => {
      const middle = median(group.map(({ seconds }) => seconds)) ?? 0;
      const whole = group.map(({ seconds }) => seconds).filter((seconds) => seconds >= shortRatio * middle);
      const [first, usual, scatter] = [group[0], median(whole), scaledDeviation(whole)];
      if (!first || usual === undefined || scatter === undefined || whole.length < minPeers) return [];
      return scatter <= MAX_SCATTER * usual ? [[first.group, usual]] : [];
    }),
  );
}
