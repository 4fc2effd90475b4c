import { type AuditRun, claimsSuccess, modelOf } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { paceOf } from "./pace.ts";
import { groupBy, median } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** Failures that a log or the runner tells of. A success that was published in spite of one is none. */
const TELLING: ReadonlySet<string | null> = new Set(["oom", "crash", "signal", "nan", "timeout", "stalled", "spawn"]);

/**
 * Runs that are called a success, and crashed: far too short for their epochs beside other runs of their model, without the
 * metrics that those have; or with a failure that their log tells. And trainings of a model that does not train at all.
 */
export function falseSuccess(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  return groupBy(runs.filter(claimsSuccess), modelOf).flatMap((model) => {
    const quick = model.filter((run) => doesNothing(run, thresholds));
    // A single quick run of a model that trains has crashed, or is short
    const idle = quick.length >= MOST_IDLE * model.length && !model.some(hasMetric) ? quick : [];
    const working = model.filter((run) => !idle.includes(run));
    const usual = usualPaces(working, thresholds);
    const expected = expectedMetrics(working, thresholds);
    return [
      ...idle.map((run) => noWork(run)),
      ...working.flatMap((run) => crashed(run, usual(run), expected, thresholds) ?? []),
    ];
  });
}

function crashed(
  run: AuditRun,
  usual: Usual | undefined,
  expected: readonly string[],
  { shortRatio }: Thresholds,
): Finding | undefined {
  const pace = paceOf(run);
  const missing = expected.filter((name) => run.metrics[name] === undefined);
  const ratio = usual && usual.secondsOf(run) / usual.seconds;
  // Where time does not follow from the number of epochs, the whole run must be short as well
  const isShort =
    ratio !== undefined && ratio < shortRatio && run.durationSeconds < shortRatio * (usual?.wholeSeconds ?? 0);
  const isTold = run.status !== "success" && TELLING.has(run.failureClass);
  const evidence = {
    pace: pace.text,
    ratio: ratio ?? null,
    peers: usual?.peers ?? 0,
    missing_metrics: missing,
    failure_class: run.failureClass,
    error_message: run.errorMessage,
  };
  if (isTold && (missing.length > 0 || isShort || expected.length === 0)) {
    const text = `called a success, but it failed (${run.failureClass ?? ""}): ${run.errorMessage}`;
    return finding(run, "false-success", "error", text, evidence);
  }
  if (isTold) {
    const text = `its log tells a failure (${run.failureClass ?? ""}: ${run.errorMessage}), though it has all metrics and took as long as others`;
    return finding(run, "failure-in-log", "warning", text, evidence);
  }
  if (!isShort || !usual) return undefined;
  const beside = `it took ${run.durationSeconds.toFixed(0)} s (${pace.text}), ${usual.peers} runs of its model ${usual.wholeSeconds.toFixed(0)} s in the median (${usual.seconds.toPrecision(3)} s)`;
  if (missing.length > 0) {
    const text = `called a success, but it crashed: ${beside}, and it lacks metrics that they have (${missing.join(", ")})`;
    return finding(run, "false-success", "error", text, evidence);
  }
  return finding(run, "short-run", "warning", `far shorter than others: ${beside}`, evidence);
}

/** A model that is a stub, or a script that returns at once: no metric, no GPU, no time. */
function doesNothing(run: AuditRun, { noWorkSecondsPerEpoch, idleUtilizationPercent }: Thresholds): boolean {
  const pace = paceOf(run);
  const isIdle =
    run.mode === "parallel" ||
    run.traces.every(({ meanUtilizationPercent: busy }) => (busy ?? 0) <= idleUtilizationPercent);
  const isQuick =
    run.durationSeconds < QUICK_SECONDS && (pace.passes === undefined || pace.seconds < noWorkSecondsPerEpoch);
  return run.traces.length > 0 && isIdle && isQuick && !hasMetric(run);
}

function hasMetric({ metrics }: AuditRun): boolean {
  return Object.keys(metrics).length > 0;
}

/** Share of the runs of a model that does not train. */
const MOST_IDLE = 0.9;

/** Loading a framework alone takes as long. */
const QUICK_SECONDS = 6;

function noWork(run: AuditRun): Finding {
  const text = `called a success, but it trained nothing: ${paceOf(run).text}, no metric, and the GPU was idle`;
  return finding(run, "no-work", "error", text, { duration_seconds: run.durationSeconds, pace: paceOf(run).text });
}

interface Usual {
  /** What is compared: the pace, or the whole duration where too few paces can be. */
  readonly secondsOf: (run: AuditRun) => number;
  readonly seconds: number;
  readonly wholeSeconds: number;
  readonly peers: number;
}

/**
 * What is usual for a run of a model, of runs that have a metric where any has one. Whether a load ran beside it changes a
 * pace by less than a crash does.
 */
function usualPaces(runs: readonly AuditRun[], { minPeers }: Thresholds): (run: AuditRun) => Usual | undefined {
  const measured = runs.filter(hasMetric);
  const whole = measured.length >= minPeers ? measured : runs;
  const usualOf = (group: readonly AuditRun[], secondsOf: Usual["secondsOf"]): Usual | undefined => {
    const seconds = median(group.map(secondsOf));
    const wholeSeconds = median(group.map(({ durationSeconds }) => durationSeconds));
    // Without metrics to tell whole runs by, the run itself is among them
    const peers = whole === measured ? group.length : group.length - 1;
    if (seconds === undefined || wholeSeconds === undefined || peers < minPeers) return undefined;
    return { secondsOf, seconds, wholeSeconds, peers };
  };
  const isTold = (run: AuditRun): boolean => paceOf(run).passes !== undefined;
  const secondsOf = (run: AuditRun): number => paceOf(run).seconds;
  const told = usualOf(whole.filter(isTold), secondsOf);
  const untold = usualOf(
    whole.filter((run) => !isTold(run)),
    secondsOf,
  );
  const any = usualOf(whole, ({ durationSeconds }) => durationSeconds);
  return (run) => (isTold(run) ? told : untold) ?? any;
}

/** Metrics that many runs of a model have. */
function expectedMetrics(runs: readonly AuditRun[], { minPeers, peerMetricShare }: Thresholds): readonly string[] {
  const measured = runs.filter(hasMetric);
  if (measured.length < minPeers) return [];
  const names = [...new Set(measured.flatMap(({ metrics }) => Object.keys(metrics)))];
  return names.filter(
    (name) => measured.filter(({ metrics }) => metrics[name] !== undefined).length >= peerMetricShare * measured.length,
  );
}
