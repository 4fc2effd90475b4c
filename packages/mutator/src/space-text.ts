import type { PreparedSpace } from "./prepared-space.ts";

/**
 * One text for all spellings of a space: whatever does not change what can be drawn (order of parameters, flags,
 * defaults, seeds, fields that say what holds anyway, the wording of a constraint) does not change it.
 */
export function spaceText({ axes, constraints }: PreparedSpace): string {
  const described = axes.map(({ name, lattice, conditions, parameter }) => {
    const { size, value, mass } = lattice;
    const parents = conditions.map(({ parent, allowed }) => [parent, [...allowed].sort((a, b) => a - b)] as const);
    return [name, size, value(0), value(size - 1), mass(0, 1), parameter.choices, parents.sort(([a], [b]) => a - b)];
  });
  return JSON.stringify([described, constraints.map((constraint) => constraint.meaning)]);
}
