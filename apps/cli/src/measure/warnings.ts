import type { DeviceState, SourceState } from "@ea/energy";
import { heatReasons } from "@ea/runner";
import type { MeasureRequest } from "./measure-request.ts";
import { isComplete, type MeasuredRun } from "./measured-run.ts";

/** RAPL counters move about once a millisecond: below this the edges of a run are a percent of it. */
const MIN_COUNTED_SECONDS = 0.1;
/** The power that a driver tells may be the average of the last second. */
const MIN_SAMPLED_SECONDS = 1;

/** What one should know before believing the numbers, each as a sentence that says what helps. */
export function measureWarnings(
  request: MeasureRequest,
  sources: readonly SourceState[],
  runs: readonly MeasuredRun[],
): readonly string[] {
  if (runs.length === 0) return [];
  return [
    ...missingCpu(sources),
    ...request.subjects.flatMap(({ label }, index) =>
      tooShort(
        label,
        runs.filter(({ command }) => command === index),
      ),
    ),
    ...partial(runs),
    ...leftBehind(runs),
    ...request.subjects.flatMap(({ label }, index) =>
      coldStart(
        label,
        runs.filter(({ command }) => command === index),
        request.warmup,
      ),
    ),
    ...(request.runs === 1 && runs.some(isComplete)
      ? ["one run has no interval: use --runs 10 to see the spread"]
      : []),
  ];
}

/** Heat that holds the clocks of a GPU down: the same work takes longer, and another energy. */
export function throttleWarnings(devices: readonly DeviceState[]): readonly string[] {
  return devices.flatMap((state) => {
    const why = heatReasons(state).join(", ");
    if (why === "") return [];
    return [`the clocks of ${state.device} are held down (${why}): let it cool, or see nvidia-smi -q -d PERFORMANCE`];
  });
}

/** Foreign processes on a GPU before a run: their energy is in the GPU's joules. */
export function foreignWarnings(devices: readonly DeviceState[]): readonly string[] {
  return devices.flatMap(({ device, processes }) => {
    if (processes === undefined) return [`whether another process computes on ${device} is not known`];
    if (processes.length === 0) return [];
    const words = processes.map(({ pid, name }) => `pid ${pid}${name === undefined ? "" : ` (${name})`}`).join(", ");
    return [`another process computes on ${device}, and its energy counts as the command's: ${words}`];
  });
}

function missingCpu(sources: readonly SourceState[]): readonly string[] {
  if (sources.some(({ provides }) => provides.includes("cpu_package"))) return [];
  const unready = sources.filter(({ status, name }) => status !== "ready" && name !== "nvidia-smi");
  const words = unready.map(({ name, reason = "unknown", fix }) => {
    // A meter that chooses among sources names them itself
    return `${name === "cpu" ? "" : `${name}: `}${reason}${fix ? `; try: ${fix}` : ""}`;
  });
  const why = words.length > 0 ? `: ${words.join(", ")}` : "";
  return [`CPU energy is not measured here${why}; ea doctor tells more`];
}

function tooShort(label: string, runs: readonly MeasuredRun[]): readonly string[] {
  const complete = runs.filter(isComplete);
  const shortest = Math.min(...complete.map(({ durationSeconds }) => durationSeconds));
  const has = (quality: string): boolean =>
    complete.some(({ energies }) => energies.some(({ quantity }) => quantity.quality === quality));
  const warn = (what: string, seconds: number): string =>
    `'${label}' ran ${(1000 * shortest).toFixed(0)} ms: too short for ${what}, which wants ${seconds} s; measure it in a loop`;
  return [
    ...(has("measured") && shortest < MIN_COUNTED_SECONDS
      ? [warn("the CPU's energy counters", MIN_COUNTED_SECONDS)]
      : []),
    ...(has("integrated") && shortest < MIN_SAMPLED_SECONDS
      ? [warn("the GPU's power sensor", MIN_SAMPLED_SECONDS)]
      : []),
  ];
}

function partial(runs: readonly MeasuredRun[]): readonly string[] {
  const names = runs
    .filter(isComplete)
    .flatMap(({ energies }) => energies.filter(({ quantity }) => quantity.quality === "partial"))
    .map(({ quantity }) => quantity.name);
  return [...new Set(names)].map((name) => {
    const count = names.filter((other) => other === name).length;
    return `${name} is partial in ${count} ${count === 1 ? "run" : "runs"}: parts of the window are missing, and it enters no mean`;
  });
}

function leftBehind(runs: readonly MeasuredRun[]): readonly string[] {
  const count = runs.reduce((sum, { leftovers }) => sum + leftovers, 0);
  if (count === 0) return [];
  return [
    `${count} ${count === 1 ? "process" : "processes"} outlived a command and had to be ended: nothing of a run may burn energy in the next one`,
  ];
}

/** Runs that it takes to tell a slow first one from the spread of the others. */
const MIN_RUNS_FOR_COLD = 4;
/** By how much a first run has to be slower than the mean of the others, beside being slower than each of them. */
const COLD_SHARE = 0.2;

function coldStart(label: string, runs: readonly MeasuredRun[], warmup: number): readonly string[] {
  const [first, ...others] = runs.filter(isComplete).map(({ durationSeconds }) => durationSeconds);
  if (first === undefined || others.length + 1 < MIN_RUNS_FOR_COLD) return [];
  const mean = others.reduce((sum, seconds) => sum + seconds, 0) / others.length;
  if (first <= Math.max((1 + COLD_SHARE) * mean, ...others)) return [];
  const percent = Math.round(100 * (first / mean - 1));
  return [
    `the first run of '${label}' took ${percent} % longer than the others: a cold start is in its mean; use --warmup ${warmup + 1}`,
  ];
}
