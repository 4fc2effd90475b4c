import { epochsOf } from "@ea/energy";
import { type ParameterValue } from "@ea/records";
import { SUSPECT_DURATION_SHARE, SUSPECT_MIN_HISTORY } from "./defaults.ts";
import type { RepositoryConfig } from "./models-config.ts";

/** How much work a training did. */
export interface Work {
  readonly durationSeconds: number;
  readonly cpuSeconds: number | undefined;
  readonly hyperparameters: Readonly<Record<string, ParameterValue>>;
}

/**
 * Why a training did too little to be believed; `undefined` when nothing speaks against it. It is compared with the
 * configured minimum and with earlier successful runs of the same model that had no more epochs: far less time than
 * the shortest of them means that it did not train.
 */
export function implausibility(
  work: Work,
  config: Pick<RepositoryConfig, "min_duration_seconds" | "min_cpu_seconds">,
  history: readonly Work[],
): string | undefined {
  const { min_duration_seconds: minDuration, min_cpu_seconds: minCpu } = config;
  const took = `${work.durationSeconds.toFixed(1)} s`;
  if (minDuration !== undefined && work.durationSeconds < minDuration) {
    return `it took ${took}, expected at least ${minDuration} s (min_duration_seconds)`;
  }
  if (minCpu !== undefined && work.cpuSeconds !== undefined && work.cpuSeconds < minCpu) {
    return `it used ${work.cpuSeconds.toFixed(2)} CPU s, expected at least ${minCpu} s (min_cpu_seconds)`;
  }
  const comparable = history.filter((earlier) => epochs(earlier) <= epochs(work));
  if (comparable.length < SUSPECT_MIN_HISTORY) return undefined;
  const shortest = Math.min(...comparable.map(({ durationSeconds }) => durationSeconds));
  if (work.durationSeconds >= SUSPECT_DURATION_SHARE * shortest) return undefined;
  return `it took ${took}; the shortest of ${comparable.length} runs with no more epochs took ${shortest.toFixed(1)} s`;
}

function epochs({ hyperparameters }: Work): number {
  return epochsOf(hyperparameters) ?? 0;
}
