import { ceilInUnits, floorInUnits, fromDecimal, inUnits, leadingExponent, toDecimal } from "./decimal.ts";
import { type Lattice, rising, within } from "./lattice.ts";

/** The lattice of a range that is a single number, kept with every digit it was written with. */
export function pointLattice(value: number): Lattice<number> {
  return rising({ size: 1, value: () => value + 0, mass: (from, to) => to - from, draw: () => 0 });
}

/** Every integer of [lo, hi], all equally likely. */
export function integerLattice(lo: number, hi: number): Lattice<number> {
  const size = hi - lo + 1;
  return rising({ size, value: (index) => lo + index, mass: (from, to) => (to - from) / size, draw: evenly(size) });
}

/** Every integer of [lo, hi], log-uniform, as in `logStepLattice`. */
export function logIntegerLattice(lo: number, hi: number): Lattice<number> {
  return rising({ ...logCells(lo - 0.5, hi - lo + 1), value: (index) => lo + index });
}

/**
 * lo, lo + step, lo + 2·step … up to hi, log-uniform: n owns [n − step/2, n + step/2] of a log-uniform variable on
 * [lo − step/2, last + step/2], so that the two ends get their full share (as Optuna's search space transform does).
 */
export function logStepLattice(lo: number, hi: number, step: number): Lattice<number> {
  const { size, value } = stepLattice(lo, hi, step);
  return rising({ ...logCells(lo / step - 0.5, size), value });
}

/** Cells [start, start + 1], [start + 1, start + 2] … of a log-uniform variable. */
function logCells(start: number, size: number): Pick<Lattice, "size" | "mass" | "draw"> {
  const total = Math.log1p(size / start);
  return {
    size,
    mass: (from, to) => Math.log1p((to - from) / (start + from)) / total,
    draw: (share) => within(Math.floor(start * Math.expm1(share * total)), size),
  };
}

/** lo, lo + step, lo + 2·step … up to hi, all equally likely, computed in decimals: 0.1 + 2 · 0.1 is 0.3. */
export function stepLattice(lo: number, hi: number, step: number): Lattice<number> {
  const exponent = Math.min(toDecimal(lo).exponent, toDecimal(step).exponent);
  const start = floorInUnits(lo, exponent);
  const stride = floorInUnits(step, exponent);
  const size = Number((floorInUnits(hi, exponent) - start) / stride) + 1;
  const [first, pace] = [Number(start), Number(stride)];
  const isSafe = Number.isSafeInteger(first) && Number.isSafeInteger(first + (size - 1) * pace);
  return rising({
    size,
    value: (index) => fromDecimal(isSafe ? first + index * pace : start + BigInt(index) * stride, exponent),
    mass: (from, to) => (to - from) / size,
    draw: evenly(size),
  });
}

/**
 * Uniform floats: the multiples of one power of ten inside [lo, hi], chosen so that the end further from zero has
 * `digits` significant digits (10^(⌈log₁₀ max(|lo|, |hi|)⌉ − digits)). Each owns its half cells, clipped to the range.
 */
export function decimalLattice(lo: number, hi: number, digits: number): Lattice<number> {
  const furthest = Math.max(Math.abs(lo), Math.abs(hi));
  const isPowerOfTen = toDecimal(furthest).integer === 1n;
  const exponent = leadingExponent(furthest) + (isPowerOfTen ? 0 : 1) - digits;
  const first = Number(ceilInUnits(lo, exponent));
  const size = Number(floorInUnits(hi, exponent)) - first + 1;
  const [start, end] = [inUnits(lo, exponent), inUnits(hi, exponent)];
  const edge = (index: number): number => (index === 0 ? start : index === size ? end : first + index - 0.5);
  return rising({
    size,
    value: (index) => fromDecimal(first + index, exponent),
    mass: (from, to) => (edge(to) - edge(from)) / (end - start),
    draw: (share) => within(Math.floor(start + share * (end - start) + 0.5) - first, size),
  });
}

/**
 * Log-uniform floats: every number of `digits` significant digits inside [lo, hi], lo > 0. Each owns its half cells,
 * clipped to the range, so that small values are as precise as large ones.
 */
export function significantLattice(lo: number, hi: number, digits: number): Lattice<number> {
  const lowest = fromDecimal(1, digits - 1);
  const perDecade = 9 * lowest;
  const [loExponent, hiExponent] = [leadingExponent(lo), leadingExponent(hi)];
  const unit = loExponent - digits + 1;
  const first = Number(ceilInUnits(lo, unit));
  const last = Number(floorInUnits(hi, hiExponent - digits + 1)) + (hiExponent - loExponent) * perDecade;
  const size = last - first + 1;

  const point = (index: number): Scaled => {
    const ordinal = first - lowest + index;
    const decade = Math.floor(ordinal / perDecade);
    return { mantissa: ordinal - decade * perDecade + lowest, exponent: unit + decade };
  };
  const start = { mantissa: inUnits(lo, unit), exponent: unit };
  const end = { mantissa: inUnits(hi, hiExponent - digits + 1), exponent: hiExponent - digits + 1 };
  const edge = (index: number): Scaled => {
    if (index === 0) return start;
    if (index === size) return end;
    const { mantissa, exponent } = point(index - 1);
    return { mantissa: mantissa + 0.5, exponent };
  };
  const total = logRatio(start, end);
  const origin = Math.log(start.mantissa / lowest);
  return rising({
    size,
    value: (index) => {
      const ordinal = first - lowest + index;
      const decade = Math.floor(ordinal / perDecade);
      return fromDecimal(ordinal - decade * perDecade + lowest, unit + decade);
    },
    mass: (from, to) => logRatio(edge(from), edge(to)) / total,
    draw: (share) => {
      const decades = (origin + share * total) / Math.LN10; // above the first power of ten that the range touches
      const decade = Math.floor(decades);
      const offset = Math.floor(lowest * Math.exp((decades - decade) * Math.LN10) + 0.5) - lowest;
      return within(decade * perDecade + offset - (first - lowest), size);
    },
  });
}

/** Inverts the distribution of `size` equally likely values. */
function evenly(size: number): (share: number) => number {
  return (share) => within(Math.floor(share * size), size);
}

interface Scaled {
  readonly mantissa: number;
  readonly exponent: number;
}

/** ln(b / a) with full relative precision also for neighbours, whose logarithms would cancel. */
function logRatio(a: Scaled, b: Scaled): number {
  const decades = b.exponent - a.exponent;
  if (decades > 1) return Math.log(b.mantissa / a.mantissa) + decades * Math.LN10;
  const mantissa = decades === 1 ? b.mantissa * 10 : b.mantissa;
  return Math.log1p((mantissa - a.mantissa) / a.mantissa);
}
