import { expect, test } from "vitest";
import { decimalLattice, stepLattice } from "../src/number-lattices.ts";
import { withZero } from "../src/with-zero.ts";

test("probability 0 adds nothing, probability 1 leaves nothing else", () => {
  const lattice = stepLattice(1, 3, 1);
  expect(withZero(lattice, 0)).toBe(lattice);
  expect(withZero(lattice, 1)).toMatchObject({ size: 1 });
  expect(withZero(lattice, 1).value(0)).toBe(0);
});

test("an atom stands in front of a lattice without 0", () => {
  const lattice = withZero(stepLattice(1, 2, 1), 0.5);
  expect([0, 1, 2].map(lattice.value)).toEqual([0, 1, 2]);
  expect([0, 1, 2].map((index) => lattice.mass(index, index + 1))).toEqual([0.5, 0.25, 0.25]);
  expect([lattice.mass(0, 3), lattice.mass(0, 2), lattice.mass(1, 3)]).toEqual([1, 0.75, 0.5]);
});

test("a 0 inside the lattice is merged into the atom", () => {
  const lattice = withZero(stepLattice(-1, 2, 1), 0.2);
  expect([0, 1, 2, 3].map(lattice.value)).toEqual([-1, 0, 1, 2]);
  expect([0, 1, 2, 3].map((index) => lattice.mass(index, index + 1))).toEqual([0.2, 0.4, 0.2, 0.2]);
});

test("a 0 among a million floats is found", () => {
  const lattice = withZero(decimalLattice(-0.3, 0.7, 6), 0.5);
  expect(lattice.size).toBe(1_000_001);
  expect(lattice.value(300_000)).toBe(0);
  expect(lattice.mass(300_000, 300_001)).toBeCloseTo(0.5 + 0.5e-6, 12);
});

test("shares go to values in their order, those of the atom to 0", () => {
  const lattice = withZero(stepLattice(-1, 2, 1), 0.2); // -1: 0 … 0.2, 0: 0.2 … 0.6, 1: 0.6 … 0.8, 2: 0.8 … 1
  expect([0, 0.19, 0.21, 0.4, 0.59, 0.61, 0.79, 0.81, 1].map(lattice.draw)).toEqual([0, 0, 1, 1, 1, 2, 2, 3, 3]);
});
