import type { GpuSample } from "./gpu-sample.ts";

/** The columns of power, the one that is integrated first. */
export const POWER_COLUMNS = ["power.draw", "power.draw.instant", "power.draw.average"] as const;
/** A column of power. */
export type PowerColumn = (typeof POWER_COLUMNS)[number];

/** What a column of power tells, as its own values show. */
export interface PowerSensor {
  readonly column: PowerColumn;
  /** Power at a moment, its mean over the last second, or one of the two. */
  readonly kind: "instant" | "average" | "unknown";
  /** Median time between two changes of the value; `undefined` when it did not change twice. */
  readonly updatePeriodMs: number | undefined;
}

/** How late a sensor tells of a power. */
export interface SensorDelay {
  /** What has to be taken off its time stamps. */
  readonly shiftMs: number;
  /** How far they may still be off, as ± milliseconds. */
  readonly uncertaintyMs: number;
}

/** `power.draw.average` and, since Ampere, `power.draw` are means over one second (nvidia-smi manual). */
const AVERAGE_WINDOW_MS = 1000;

/** The power in a column. */
export function powerIn(sample: GpuSample, column: PowerColumn): number | undefined {
  if (column === "power.draw") return sample.powerWatts;
  return column === "power.draw.instant" ? sample.powerInstantWatts : sample.powerAverageWatts;
}

/** The column whose power is integrated: `power.draw`, or where it has no number the first other that has; `undefined` without any. */
export function powerColumn(samples: readonly GpuSample[]): PowerColumn | undefined {
  return POWER_COLUMNS.find((column) => samples.some((sample) => powerIn(sample, column) !== undefined));
}

/**
 * What the power of one GPU is, found by comparing its columns (model tables are wrong too often): `power.draw` is
 * whichever of the other two it equals more often. Needs samples that are taken faster than the sensor updates.
 * @returns `undefined` when no sample has a power.
 */
export function describeSensor(samples: readonly GpuSample[]): PowerSensor | undefined {
  const column = powerColumn(samples);
  if (column === undefined) return undefined;
  return { column, kind: kindOf(column, samples), updatePeriodMs: updatePeriodMs(column, samples) };
}

function kindOf(column: PowerColumn, samples: readonly GpuSample[]): PowerSensor["kind"] {
  if (column === "power.draw.instant") return "instant";
  if (column === "power.draw.average") return "average";
  const share = (other: PowerColumn): number =>
    samples.filter((sample) => powerIn(sample, other) !== undefined && powerIn(sample, other) === sample.powerWatts)
      .length / samples.length;
  const [instant, average] = [share("power.draw.instant"), share("power.draw.average")];
  if (Math.max(instant, average) < 0.5 || instant === average) return "unknown";
  return instant > average ? "instant" : "average";
}

function updatePeriodMs(column: PowerColumn, samples: readonly GpuSample[]): number | undefined {
  const changes: number[] = [];
  let last: number | undefined;
  for (const sample of samples) {
    const watts = powerIn(sample, column);
    if (watts === undefined || sample.stampMs === undefined) continue;
    if (last !== undefined && watts !== last) changes.push(sample.stampMs);
    last = watts;
  }
  const periods = changes.slice(1).map((stampMs, index) => stampMs - (changes[index] ?? stampMs));
  return periods.sort((a, b) => a - b)[Math.floor(periods.length / 2)];
}

/**
 * When a power that was printed was drawn: a value is half an update period old on average, a mean over the last second
 * is centred half a second back. A mean also smears a step at the edge of the window: for a step of P that falls
 * exactly on it, an eighth of P · 1 s lands on the other side.
 */
export function sensorDelay({ kind, updatePeriodMs: period = 0 }: PowerSensor): SensorDelay {
  const half = period / 2;
  if (kind === "instant") return { shiftMs: half, uncertaintyMs: half };
  const window = AVERAGE_WINDOW_MS;
  if (kind === "average") return { shiftMs: half + window / 2, uncertaintyMs: half + window / 8 };
  return { shiftMs: half + window / 4, uncertaintyMs: half + window / 4 + window / 8 };
}
