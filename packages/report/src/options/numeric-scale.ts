import { digits } from "../text/digits.ts";

/** How numbers become positions on an axis: as they are, or their decimal logarithms. */
export interface NumericScale {
  readonly isLog: boolean;
  readonly position: (value: number) => number;
  readonly min: number;
  readonly max: number;
  /** Positions that are labelled. */
  readonly ticks: readonly number[];
  /** The text of a position. */
  readonly label: (position: number) => string;
}

/** A scale that has all values inside and a little air around them; logarithmic only where all values are positive. */
export function numericScale(values: readonly number[], wantsLog: boolean): NumericScale {
  const isLog = wantsLog && values.length > 0 && values.every((value) => value > 0);
  const position = isLog ? Math.log10 : (value: number): number => value;
  const positions = values.map(position);
  const low = Math.min(...positions);
  const high = Math.max(...positions);
  if (positions.length === 0) return { isLog, position, min: 0, max: 1, ticks: [0, 1], label: String };
  // A single value stands in the middle of something
  const span = high - low || (isLog ? 0.6 : Math.abs(high) || 1);
  const air = 0.06 * span;
  const [min, max] = high === low ? [low - span / 2, high + span / 2] : [low - air, high + air];
  const ticks = isLog ? logTicks(min, max) : linearTicks(min, max);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const label = isLog ? (tick: number) => trimmed(digits(10 ** tick, 3)) : (tick: number) => linearLabel(tick, step);
  return { isLog, position, min, max, ticks, label };
}

/** 1, 2, 5 of each decade, or only whole decades when those are many; an even division when even these are too few. */
function logTicks(min: number, max: number): readonly number[] {
  const candidates = [[1, 2, 5], [1]].map((mantissas) => {
    const ticks: number[] = [];
    for (let decade = Math.floor(min); decade <= max; decade += 1) {
      for (const mantissa of mantissas) {
        const tick = decade + Math.log10(mantissa);
        if (tick >= min && tick <= max) ticks.push(tick);
      }
    }
    return ticks;
  });
  const [fine = [], coarse = []] = candidates;
  if (fine.length > 8) return coarse;
  if (fine.length >= 2) return fine;
  return linearTicks(10 ** min, 10 ** max)
    .filter((value) => value > 0)
    .map(Math.log10);
}

/** About six round numbers between two. */
function linearTicks(min: number, max: number): readonly number[] {
  const rough = (max - min) / 6;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = decade * ([1, 2, 5, 10].find((factor) => factor * decade >= rough) ?? 10);
  const ticks: number[] = [];
  for (let index = Math.ceil(min / step); index * step <= max; index += 1) ticks.push(index * step);
  return ticks;
}

function linearLabel(tick: number, step: number): string {
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const isUnwieldy = Math.abs(tick) >= 1e6 || (tick !== 0 && Math.abs(tick) < 1e-4);
  return isUnwieldy ? digits(tick, 2) : tick.toFixed(decimals);
}

/** `5`, `0.001`, `1e-7` of `5.00`, `0.00100`, `1.00e-7`. */
function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
}
