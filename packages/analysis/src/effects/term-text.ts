import type { Term } from "./regression.ts";

/** From here on a parameter can hardly be told apart from others (Marquardt 1970, Technometrics 12:591). */
const COLLINEAR = 10;

/** `epochs`, `optimizer=sgd`, `seed not passed`; with a word where other parameters go along with it. */
export function termName({ parameter, kind, level, inflation }: Term): string {
  const name = kind === "level" ? `${parameter}=${level}` : kind === "absent" ? `${parameter} not passed` : parameter;
  return inflation > COLLINEAR ? `${name} (collinear)` : name;
}

/** `^0.98 ± 0.03` is a power of the parameter; `×1.3 (1.1 to 1.6)` a factor, of a number that may be zero over its range. */
export function termText({ kind, estimate, interval95: [low, high], range }: Term): string {
  if (kind === "elasticity") return `^${withHalf(estimate, (high - low) / 2)}`;
  const factor = (slope: number): string => three(Math.exp(slope * (range[1] - range[0])));
  const over = kind === "per-unit" ? ` from ${three(range[0])} to ${three(range[1])}` : "";
  return `×${factor(estimate)} (${factor(low)} to ${factor(high)})${over}`;
}

function withHalf(value: number, half: number): string {
  if (!(half > 0)) return three(value);
  const decimals = Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(half))));
  return `${value.toFixed(decimals)} ± ${half.toFixed(decimals)}`;
}

function three(value: number): string {
  return String(Number(value.toPrecision(3)));
}
