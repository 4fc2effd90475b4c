import { alea } from "./alea.ts";

/** 64 bits of randomness that belong to one place, as two signed 32-bit integers: engines keep such numbers without boxes. */
export type Hash = readonly [high: number, low: number];

/** The hash of a text, by two draws of Alea. */
export function rootHash(text: string): Hash {
  const random = alea(text);
  return [random.int32(), random.int32()];
}

/** The hash of the branch `label` (a small integer) below `hash`; for one label different hashes stay different. */
export function childHash([high, low]: Hash, label: number): Hash {
  const a = mix(high ^ Math.imul(label + 1, 0x9e3779b9));
  const b = mix(low + a + Math.imul(label + 7, 0x85ebca6b));
  return [mix(a ^ b), b];
}

/** A number strictly between 0 and 1, the same for the same hash and label. */
export function uniform(hash: Hash, label: number): number {
  const [high, low] = childHash(hash, label);
  return ((high >>> 6) * 2 ** 26 + (low >>> 6) + 0.5) / 2 ** 52;
}

/** A waiting time at rate 1, above 0, the same for the same hash and label. */
export function exponential(hash: Hash, label: number): number {
  return -Math.log(uniform(hash, label));
}

/** A bijection of the 32-bit numbers that spreads every bit over all (constants by C. Wellons, "hash prospector"). */
export function mix(bits: number): number {
  let x = bits | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}
