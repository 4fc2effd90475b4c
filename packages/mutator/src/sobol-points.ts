import { MutatorError } from "./errors.ts";
import { childHash, type Hash } from "./hash.ts";
import { sobolDirections } from "./sobol-directions.ts";

/** The most dimensions that `sobolPoints` has direction numbers for. */
export const MAX_SOBOL_DIMENSIONS = 50;

/**
 * The points of an Owen-scrambled Sobol sequence (base 2, 32 digits), in the order of their index and from index 0 on
 * (A. B. Owen, On dropping the first Sobol' point, 2020); every coordinate lies strictly between 0 and 1.
 *
 * All points are ONE array, overwritten by the next: copy what you keep. Coordinate d depends on `hash` and d, not on
 * `dimensions`. The sequence ends after 2^32 points.
 *
 * Nested uniform scrambling by hash: S. Laine & T. Karras, Stratified sampling for stochastic transparency, Computer
 * Graphics Forum 30(4), 2011; B. Burley, Practical hash-based Owen scrambling, JCGT 9(4), 2020.
 *
 * @throws MutatorError `TOO_MANY_DIMENSIONS`, when the first point is asked for.
 */
export function* sobolPoints(dimensions: number, hash: Hash): Generator<Float64Array, void> {
  if (!(dimensions >= 1 && dimensions <= MAX_SOBOL_DIMENSIONS)) {
    const expected = `Expected 1 to ${MAX_SOBOL_DIMENSIONS} drawable parameters for strategy sobol`;
    throw new MutatorError("TOO_MANY_DIMENSIONS", `${expected}, found ${dimensions}`);
  }
  const steps = reversedSteps(dimensions);
  const keys = Int32Array.from({ length: dimensions }, (_, axis) => childHash(hash, axis)[0]);
  const factors = Int32Array.from({ length: dimensions }, (_, axis) => childHash(hash, axis)[1] | 1);
  const reversed = new Int32Array(dimensions);
  const point = new Float64Array(dimensions);
  for (let index = 0; index < 2 ** 32; index++) {
    const row = Math.clz32(index & -index) * dimensions;
    for (let axis = 0; axis < dimensions; axis++) {
      const digits = (reversed[axis] ?? 0) ^ (steps[row + axis] ?? 0);
      reversed[axis] = digits;
      point[axis] = (scramble(digits, keys[axis] ?? 0, factors[axis] ?? 1) + 0.5) / 2 ** 32;
    }
    yield point;
  }
}

/** Coordinate `dimension` (1 to 50, as Joe & Kuo count) of the unscrambled point `index`, in units of 2^-32. */
export function sobolBits(index: number, dimension: number): number {
  let bits = 0;
  for (const [bit, direction] of sobolDirections(dimension).entries()) if ((index >>> bit) & 1) bits ^= direction;
  return bits >>> 0;
}

/**
 * What changes, last digit first, from each index to the next: row r belongs to the indices whose lowest set bit has r
 * zeros above it, as 32-bit numbers. Row 32, for index 0, changes nothing.
 */
function reversedSteps(dimensions: number): Int32Array {
  const steps = new Int32Array(33 * dimensions);
  for (let axis = 0; axis < dimensions; axis++) {
    let step = 0; // counting on flips the lowest set bit and all below it
    for (const [bit, direction] of sobolDirections(axis + 1).entries()) {
      step ^= direction;
      steps[(31 - bit) * dimensions + axis] = reverse(step);
    }
  }
  return steps;
}

/**
 * From digits written last first, the scrambled digits: each is flipped or not by a hash of those before it. The steps are
 * N. Vegdahl's (Building a better LK hash, psychopath.io, 2021), but with an independent number for the sum and for the
 * product, which makes each scrambled coordinate exactly uniform over the keys.
 */
function scramble(reversed: number, key: number, factor: number): number {
  let x = reversed;
  x ^= Math.imul(x, 0x3d20adea);
  x = Math.imul(x + key, factor);
  x ^= Math.imul(x, 0x05526c56);
  x ^= Math.imul(x, 0x53a22864);
  return reverse(x) >>> 0;
}

/** The 32 bits in opposite order. */
function reverse(bits: number): number {
  let x = bits;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}
