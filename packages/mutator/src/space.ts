import { z } from "zod";
import type { Lattice } from "./lattice.ts";
import { latticeOf } from "./lattice-of.ts";
import { Parameter } from "./parameter.ts";
import { isSeed } from "./seeds.ts";

/** The parameters of one program, by name. */
export const Space = z.record(z.string(), Parameter).readonly();
/** The parameters of one program, by name. */
export type Space = z.infer<typeof Space>;

/** One drawable parameter of a space. */
export interface Axis {
  readonly name: string;
  readonly lattice: Lattice;
}

/** The drawable parameters of a space (all but its seeds) in the order of their names, by code units. */
export function axesOf(space: Space): readonly Axis[] {
  return Object.entries(Space.parse(space))
    .filter(([name, parameter]) => !isSeed(name, parameter))
    .map(([name, parameter]) => ({ name, lattice: latticeOf(parameter) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * How many configurations a space has, exactly; seeds do not count, and a space without other parameters has one.
 * @throws ZodError for a space that is none.
 */
export function spaceSize(space: Space): bigint {
  return axesOf(space).reduce((product, { lattice }) => product * BigInt(lattice.size), 1n);
}
