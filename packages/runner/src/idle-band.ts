import type { Reading } from "@ea/energy";

/** A sensor that prints the same value all the time is not that exact: the band has at least this half width. */
const MIN_HALF_WIDTH = { powerWatts: 1, temperatureCelsius: 2 } as const;
/** Share of the mean that idle power drifts by. */
const MIN_POWER_SHARE = 0.02;

/** What of a reading tells that a device has come to rest. */
export type RestingValue = keyof typeof MIN_HALF_WIDTH;
/** The values of readings that tell it. */
export const RESTING_VALUES: readonly RestingValue[] = ["powerWatts", "temperatureCelsius"];

/** The units of these values. */
export const IDLE_UNITS = { powerWatts: "W", temperatureCelsius: "°C" } as const;

/** Power or temperature of one device or host while nothing ran. */
export interface IdleBand {
  /** Name of the quantity, such as `gpu`. */
  readonly name: string;
  /** GPU UUID or socket. */
  readonly device: string | undefined;
  readonly value: RestingValue;
  readonly mean: number;
  /** Standard deviation of the readings. */
  readonly sd: number;
  readonly readings: number;
  /** Up to here it is idle: two standard deviations above the mean, or what sensors are off by. */
  readonly high: number;
}

/** The idle bands in readings that were taken while nothing ran; a model's estimates tell nothing of heat. */
export function idleBands(readings: Iterable<Reading>): readonly IdleBand[] {
  const series = new Map<string, { readonly band: Pick<IdleBand, "name" | "device" | "value">; values: number[] }>();
  for (const reading of readings) {
    const { name, device } = reading;
    if (name.endsWith("_estimate")) continue;
    for (const value of RESTING_VALUES) {
      const found = reading[value];
      if (found === undefined) continue;
      const key = bandKey(name, device, value);
      const entry = series.get(key) ?? { band: { name, device, value }, values: [] };
      series.set(key, entry);
      entry.values.push(found);
    }
  }
  return [...series.values()].flatMap(({ band, values }) => {
    if (values.length < 2) return [];
    const mean = meanOf(values);
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    const share = band.value === "powerWatts" ? MIN_POWER_SHARE * mean : 0;
    return [
      { ...band, mean, sd, readings: values.length, high: mean + Math.max(2 * sd, MIN_HALF_WIDTH[band.value], share) },
    ];
  });
}

/** `power of gpu GPU-1 above 62.0 W` */
export function idleBandText({ name, device, value, high }: IdleBand): string {
  const what = { powerWatts: "power", temperatureCelsius: "temperature" }[value];
  return `${what} of ${name}${device === undefined ? "" : ` ${device}`} above ${high.toFixed(1)} ${IDLE_UNITS[value]}`;
}

/** One text for each series. */
export function bandKey(name: string, device: string | undefined, value: RestingValue): string {
  return `${name} ${device ?? ""} ${value}`;
}

/** Mean of at least one number. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
