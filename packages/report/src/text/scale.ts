import { digits, withHalf } from "./digits.ts";

/** A unit that figures of one kind are shown in, and how many base units it has. */
export interface Scale {
  readonly unit: string;
  readonly size: number;
}

const JOULES: readonly (Scale & { readonly from: number })[] = [
  { unit: "MJ", size: 1e6, from: 1e7 },
  { unit: "kJ", size: 1e3, from: 1e4 },
  { unit: "J", size: 1, from: 0 },
];
const SECONDS: readonly (Scale & { readonly from: number })[] = [
  { unit: "h", size: 3600, from: 36_000 },
  { unit: "min", size: 60, from: 600 },
  { unit: "s", size: 1, from: 0 },
];

/** The unit in which most of these joules or seconds are read easily. */
export function scaleFor(values: readonly number[], kind: "J" | "s"): Scale {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const { unit, size } = (kind === "J" ? JOULES : SECONDS).find(({ from }) => median >= from) ?? {
    unit: kind,
    size: 1,
  };
  return { unit, size };
}

/** `12.3 kJ ± 0.4`, in a unit of its own. */
export function inUnits(value: number, kind: "J" | "s", half?: number | null): string {
  const { unit, size } = scaleFor([Math.abs(value)], kind);
  return half === undefined || half === null
    ? `${digits(value / size)} ${unit}`
    : `${withHalf(value / size, half / size)} ${unit}`;
}

/** Joules and what they are in kWh, from where that is a readable number. */
export function joulesAndKwh(joules: number): string {
  const kwh = joules / 3.6e6;
  return kwh >= 0.001 ? `${inUnits(joules, "J")} (${digits(kwh)} kWh)` : inUnits(joules, "J");
}

/** `1 h 23 min`, `12 min 05 s`, `3.4 s` */
export function duration(seconds: number): string {
  if (seconds < 100) return `${digits(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}
