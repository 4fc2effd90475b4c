import { type AuditRun, peerGroup } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy, median, quantile } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** Pauses of a session, of which one is unusual. */
const MIN_PAUSES = 4;

/** A cool-down takes no longer; runs that are further apart had other runs between them, which are not here. */
const LONGEST_PAUSE_SECONDS = 600;

/** Longer pauses have reasons of their own: other runs in between, a night. */
const SHORT_QUANTILE = 0.25;

/** A pause that is shorter than usual by less is within what a cool-down by temperature varies. */
const LEAST_PAUSE_SECONDS = 20;

/**
 * Where temperature and the order of runs bear on their energy: cold first runs, hot ones, warm starts, skipped pauses.
 *
 * @param sound Runs that nothing graver speaks against: a foreign process draws power as well.
 */
export function thermal(
  runs: readonly AuditRun[],
  sound: readonly AuditRun[],
  thresholds: Thresholds,
): readonly Finding[] {
  const isSound = new Set(sound);
  const machines = groupBy(runs, ({ machine }) => machine).map((group) =>
    group.toSorted((a, b) => a.startMs - b.startMs),
  );
  return [
    ...machines.flatMap((machine) => coldStarts(machine, usualWatts(sound), isSound, thresholds)),
    ...machines.flatMap((machine) => skippedPauses(machine, thresholds)),
    ...runs.flatMap((run) => hot(run, thresholds)),
    ...groupBy(runs, peerGroup).flatMap((group) => warmStarts(group, thresholds)),
  ];
}

function usualWatts(runs: readonly AuditRun[]): ReadonlyMap<string, number> {
  return new Map(
    groupBy(runs, peerGroup).flatMap((group) => {
      const watts = median(group.flatMap(({ traces }) => traces[0]?.meanWatts ?? []));
      const [first] = group;
      return first && watts !== undefined ? [[peerGroup(first), watts]] : [];
    }),
  );
}

function coldStarts(
  ordered: readonly AuditRun[],
  usual: ReadonlyMap<string, number>,
  isSound: ReadonlySet<AuditRun>,
  { coldStartIdleMinutes, coldStartShare }: Thresholds,
): readonly Finding[] {
  let endMs = Number.NEGATIVE_INFINITY;
  return ordered.flatMap((run) => {
    const pauseMinutes = (run.startMs - endMs) / 60_000;
    endMs = Math.max(endMs, run.endMs);
    const [watts, usually] = [run.traces[0]?.meanWatts, usual.get(peerGroup(run))];
    if (!isSound.has(run) || pauseMinutes <= coldStartIdleMinutes || watts === undefined || usually === undefined)
      return [];
    const more = watts / usually - 1;
    if (more <= coldStartShare) return [];
    const after = Number.isFinite(pauseMinutes) ? ` after ${pauseMinutes.toFixed(0)} idle minutes` : "";
    const text = `the first run${after}: it drew ${(100 * more).toFixed(0)} % more power than runs of its kind in the median`;
    const evidence = {
      idle_minutes: Number.isFinite(pauseMinutes) ? pauseMinutes : null,
      mean_watts: watts,
      usual_watts: usually,
    };
    return [finding(run, "cold-start", "warning", text, evidence)];
  });
}

function skippedPauses(ordered: readonly AuditRun[], { coolDownShare }: Thresholds): readonly Finding[] {
  const pauses = ordered.slice(1).flatMap((run, index) => {
    const before = ordered[index];
    return before?.session === run.session
      ? [{ run, seconds: (run.startMs - before.endMs) / 1000, kind: run.mode === "parallel" }]
      : [];
  });
  return groupBy(pauses, ({ run, kind }) => JSON.stringify([run.session, kind])).flatMap((group) => {
    const kept = group.map(({ seconds }) => seconds).filter((seconds) => seconds >= LEAST_PAUSE_SECONDS);
    const usual = quantile(kept, SHORT_QUANTILE);
    if (usual === undefined || usual > LONGEST_PAUSE_SECONDS || kept.length < MIN_PAUSES) return [];
    return group.flatMap(({ run, seconds }) => {
      if (seconds >= coolDownShare * usual || usual - seconds < LEAST_PAUSE_SECONDS) return [];
      const text = `it began ${Math.max(0, seconds).toFixed(0)} s after the run before it, the others of its session wait ${usual.toFixed(0)} s: the cool-down was skipped`;
      return [finding(run, "cool-down-skipped", "info", text, { pause_seconds: seconds, usual_seconds: usual })];
    });
  });
}

function hot(run: AuditRun, { hotCelsius }: Thresholds): readonly Finding[] {
  const hottest = Math.max(...run.traces.map(({ maxCelsius }) => maxCelsius ?? Number.NEGATIVE_INFINITY));
  if (!(hottest >= hotCelsius) || run.flags.some(({ code }) => code === "throttled")) return [];
  const text = `the GPU reached ${hottest} °C: it may have lowered its clocks`;
  return [finding(run, "hot", "info", text, { max_celsius: hottest })];
}

function warmStarts(group: readonly AuditRun[], { warmStartCelsius, minPeers }: Thresholds): readonly Finding[] {
  const starts = group.flatMap((run) => {
    const celsius = run.traces[0]?.startCelsius;
    return celsius === undefined || run.flags.some(({ code }) => code === "warm-start") ? [] : [{ run, celsius }];
  });
  const usual = median(starts.map(({ celsius }) => celsius));
  if (usual === undefined || starts.length <= minPeers) return [];
  return starts.flatMap(({ run, celsius }) => {
    if (Math.abs(celsius - usual) <= warmStartCelsius) return [];
    const text = `it began at ${celsius} °C, runs of its kind at ${usual.toFixed(0)} °C in the median`;
    return [finding(run, "start-temperature", "info", text, { start_celsius: celsius, usual_celsius: usual })];
  });
}
