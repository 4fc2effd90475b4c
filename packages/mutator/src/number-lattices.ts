import { ceilInUnits, floorInUnits, fromDecimal, inUnits, leadingExponent, toDecimal } from "./decimal.ts";
import { type Lattice, rising } from "./lattice.ts";

/** lo, lo + step, lo + 2·step … up to hi, all equally likely, computed in decimals: 0.1 + 2 · 0.1 is 0.3. */
export function stepLattice(lo: number, hi: number, step: number): Lattice<number> {
  const steps = stepsOf(lo, hi, step);
  const { size } = steps;
  return rising({ ...steps, mass: (from, to) => (to - from) / size, place: (share) => share * size });
}

/**
 * The same values, log-uniform: n owns [n − step/2, n + step/2] of a log-uniform variable on
 * [lo − step/2, last + step/2], so that the two ends get their full share (as Optuna's search space transform does).
 */
export function logStepLattice(lo: number, hi: number, step: number): Lattice<number> {
  const steps = stepsOf(lo, hi, step);
  const start = lo / step - 0.5;
  const total = Math.log1p(steps.size / start);
  return rising({
    ...steps,
    mass: (from, to) => Math.log1p((to - from) / (start + from)) / total,
    place: (share) => start * Math.expm1(share * total),
  });
}

function stepsOf(lo: number, hi: number, step: number): Pick<Lattice<number>, "size" | "value"> {
  const exponent = Math.min(toDecimal(lo)[1], toDecimal(step)[1]);
  const start = floorInUnits(lo, exponent);
  const stride = floorInUnits(step, exponent);
  const size = Number((floorInUnits(hi, exponent) - start) / stride) + 1;
  const [first, pace] = [Number(start), Number(stride)];
  const isSafe = Number.isSafeInteger(first) && Number.isSafeInteger(first + (size - 1) * pace);
  return {
    size,
    value: (index) => fromDecimal(isSafe ? first + index * pace : start + BigInt(index) * stride, exponent),
  };
}

/**
 * Uniform floats: the multiples of one power of ten inside [lo, hi], chosen so that the end further from zero has
 * `digits` significant digits (10^(⌈log₁₀ max(|lo|, |hi|)⌉ − digits)). Each owns its half cells, clipped to the range.
 */
export function decimalLattice(lo: number, hi: number, digits: number): Lattice<number> {
  const furthest = Math.max(-lo, hi);
  const isPowerOfTen = toDecimal(furthest)[0] === 1n;
  const exponent = leadingExponent(furthest) + (isPowerOfTen ? 0 : 1) - digits;
  const first = Number(ceilInUnits(lo, exponent));
  const size = Number(floorInUnits(hi, exponent)) - first + 1;
  const [start, end] = [inUnits(lo, exponent), inUnits(hi, exponent)];
  const edge = (index: number): number => (index === 0 ? start : index === size ? end : first + index - 0.5);
  return rising({
    size,
    value: (index) => fromDecimal(first + index, exponent),
    mass: (from, to) => (edge(to) - edge(from)) / (end - start),
    place: (share) => start + share * (end - start) + 0.5 - first,
  });
}

interface Scaled {
  readonly units: number;
  readonly exponent: number;
}

/**
 * Log-uniform floats: every number of `digits` significant digits inside [lo, hi], lo > 0. Each owns its half cells,
 * clipped to the range, so that small values are as precise as large ones.
 */
export function significantLattice(lo: number, hi: number, digits: number): Lattice<number> {
  const lowest = fromDecimal(1, digits - 1);
  const perDecade = 9 * lowest;
  const scaled = (bound: number): Scaled => {
    const exponent = leadingExponent(bound) - digits + 1;
    return { units: inUnits(bound, exponent), exponent };
  };
  const [start, end] = [scaled(lo), scaled(hi)];
  const first = Number(ceilInUnits(lo, start.exponent));
  const last = Number(floorInUnits(hi, end.exponent)) + (end.exponent - start.exponent) * perDecade;
  const size = last - first + 1;
  const point = (index: number): Scaled => {
    const ordinal = first - lowest + index;
    const decade = Math.floor(ordinal / perDecade);
    return { units: ordinal - decade * perDecade + lowest, exponent: start.exponent + decade };
  };
  const edge = (index: number): Scaled => {
    if (index === 0) return start;
    if (index === size) return end;
    const { units, exponent } = point(index - 1);
    return { units: units + 0.5, exponent };
  };
  const total = logRatio(start, end);
  const origin = Math.log(start.units / lowest);
  return rising({
    size,
    value: (index) => {
      const { units, exponent } = point(index);
      return fromDecimal(units, exponent);
    },
    mass: (from, to) => logRatio(edge(from), edge(to)) / total,
    place: (share) => {
      const decades = (origin + share * total) / Math.LN10; // above the first power of ten that the range touches
      const decade = Math.floor(decades);
      return lowest * Math.exp((decades - decade) * Math.LN10) + 0.5 + decade * perDecade - first;
    },
  });
}

/** ln(b / a) with full relative precision also for neighbours, whose logarithms would cancel. */
function logRatio(a: Scaled, b: Scaled): number {
  const decades = b.exponent - a.exponent;
  const near = Math.min(decades, 1);
  return Math.log1p((b.units * 10 ** near - a.units) / a.units) + (decades - near) * Math.LN10;
}
