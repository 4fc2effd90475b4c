import { type AuditRun, modelOf } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy } from "./robust.ts";
import { usualIntervals } from "./sampling.ts";
import type { Thresholds } from "./thresholds.ts";

/** Shorter trainings may be over before a GPU is seen at work. */
const MIN_SECONDS = 30;

/** A sampler that wakes the GPU each time it asks keeps it this far above its rest. */
const AWAKE_RATIO = 3;

/** It has to load the driver each time, which takes as long again as the pause. */
const LOADING_RATIO = 1.5;

/** Runs whose GPU had nothing to do: trained on the CPU, and what the sampler alone has cost. */
export function gpuUse(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  const solo = runs.filter(({ mode, traces, durationSeconds }) => {
    return mode !== "parallel" && traces.length > 0 && durationSeconds >= MIN_SECONDS;
  });
  const isIdle = ({ traces }: AuditRun): boolean => {
    return traces.every(
      ({ meanUtilizationPercent: busy }) => busy !== undefined && busy <= thresholds.idleUtilizationPercent,
    );
  };
  const intervals = usualIntervals(runs);
  const resting = restingWatts(runs);
  return groupBy(solo, modelOf).flatMap((model) => {
    const idle = model.filter(isIdle);
    const isAlways = idle.length === model.length;
    return idle.flatMap((run) => [
      onCpu(run, isAlways, model.length - idle.length),
      ...artefact(run, intervals.get(run.machine), resting.get(run.machine)),
    ]);
  });
}

function onCpu(run: AuditRun, isAlways: boolean, others: number): Finding {
  const busy = Math.max(...run.traces.map(({ meanUtilizationPercent: percent }) => percent ?? 0));
  const evidence = { gpu_utilization_percent: busy, runs_that_use_it: others };
  return isAlways
    ? finding(
        run,
        "cpu-training",
        "info",
        "trained on the CPU, as all runs of its model: if a GPU was meant, none was used",
        evidence,
      )
    : finding(
        run,
        "cpu-training",
        "warning",
        `trained on the CPU: ${others} other runs of its model use the GPU`,
        evidence,
      );
}

function artefact(run: AuditRun, usual: number | undefined, rest: number | undefined): readonly Finding[] {
  const trace = run.traces.find(({ intervalSeconds, meanWatts }) => {
    return (
      usual !== undefined &&
      rest !== undefined &&
      (intervalSeconds ?? 0) > LOADING_RATIO * usual &&
      meanWatts > AWAKE_RATIO * rest
    );
  });
  if (!trace) return [];
  const text = `the sampler itself kept the GPU awake: ${trace.meanWatts.toFixed(0)} W without anything to do, ${(rest ?? 0).toFixed(0)} W at rest, and a sample every ${(trace.intervalSeconds ?? 0).toFixed(1)} s as the driver was loaded for each`;
  const evidence = {
    mean_watts: trace.meanWatts,
    rest_watts: rest ?? null,
    interval_seconds: trace.intervalSeconds ?? null,
  };
  return [finding(run, "sampler-artefact", "warning", text, evidence)];
}

/** The lowest power that any run of a machine has seen. */
function restingWatts(runs: readonly AuditRun[]): ReadonlyMap<string, number> {
  const rest = new Map<string, number>();
  for (const { machine, traces } of runs) {
    for (const { minWatts } of traces) rest.set(machine, Math.min(minWatts, rest.get(machine) ?? minWatts));
  }
  return rest;
}
