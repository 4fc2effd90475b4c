import type { PreparedSpace } from "./prepared-space.ts";

/**
 * One text for all spellings of a space: whatever does not change what can be drawn (order of parameters, flags,
 * defaults, seeds, fields that say what holds anyway, the wording of a constraint) does not change it.
 */
export function spaceText({ axes, constraints }: PreparedSpace): string {
  const described = axes.map(({ name, lattice, conditions, parameter }) => {
    const parents = conditions.map(({ parent, allowed }) => [parent, [...allowed].sort((a, b) => a - b)] as const);
    const ends = [lattice.value(0), lattice.value(lattice.size - 1)];
    const { choices } = parameter;
    return [name, lattice.size, ...ends, lattice.mass(0, 1), choices, parents.sort(([a], [b]) => a - b)];
  });
  return JSON.stringify([described, constraints.map((constraint) => constraint.meaning)]);
}
