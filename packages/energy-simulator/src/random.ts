import seedrandom from "seedrandom";

/** Numbers from 0 up to 1; the same for the same seed. */
export type Random = () => number;

/** A stream of random numbers that belongs to a seed. */
export function seededRandom(seed: string | number): Random {
  return seedrandom.alea(String(seed));
}
