import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Lattice } from "../src/lattice.ts";
import { decimalLattice, logStepLattice, significantLattice, stepLattice } from "../src/number-lattices.ts";

function all(lattice: Lattice<number>): number[] {
  return Array.from({ length: lattice.size }, (_, index) => lattice.value(index));
}

function masses(lattice: Lattice<number>): number[] {
  return Array.from({ length: lattice.size }, (_, index) => lattice.mass(index, index + 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Which law is broken near the fraction `at`: values rise inside the range, masses are positive and add up. */
function brokenLaws(lattice: Lattice<number>, lo: number, hi: number, at: number): string[] {
  const last = lattice.size - 1;
  const index = Math.floor(at * lattice.size);
  const isOne = (mass: number): boolean => Math.abs(mass - 1) < 1e-12;
  const laws = {
    "starts inside": lattice.value(0) >= lo,
    "ends inside": lattice.value(last) <= hi,
    rises: index === 0 || lattice.value(index) > lattice.value(index - 1),
    "is possible": lattice.mass(index, index + 1) > 0,
    "is certain as a whole": isOne(lattice.mass(0, lattice.size)),
    "adds up": index === 0 || isOne(lattice.mass(0, index) + lattice.mass(index, lattice.size)),
  };
  return Object.entries(laws).flatMap(([name, holds]) => (holds ? [] : [name]));
}

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const digitCount = fc.integer({ min: 1, max: 15 });

test("a point keeps every digit and is certain; its -0 is 0", () => {
  expect(all(stepLattice(0.12345678901234568, 0.12345678901234568, 1))).toEqual([0.12345678901234568]);
  expect(masses(stepLattice(3, 3, 1))).toEqual([1]);
  expect(Object.is(stepLattice(-0, -0, 1).value(0), 0)).toBe(true);
});

describe("integers", () => {
  test("are all there, equally likely", () => {
    expect(all(stepLattice(-1, 2, 1))).toEqual([-1, 0, 1, 2]);
    expect(masses(stepLattice(-1, 2, 1))).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  test("log-uniform ones own [n - 1/2, n + 1/2], the ends their full share too", () => {
    const lattice = logStepLattice(1, 100, 1);
    const total = Math.log(100.5 / 0.5);
    expect(lattice.mass(0, 1)).toBeCloseTo(Math.log(1.5 / 0.5) / total, 14);
    expect(lattice.mass(99, 100)).toBeCloseTo(Math.log(100.5 / 99.5) / total, 14);
    expect(sum(masses(lattice))).toBeCloseTo(1, 14);
    expect([lattice.size, lattice.value(0), lattice.value(99)]).toEqual([100, 1, 100]);
  });

  test("the widest range is exact", () => {
    const lattice = stepLattice(0, 2 ** 53 - 2, 1);
    expect(lattice.size).toBe(Number.MAX_SAFE_INTEGER);
    expect(lattice.value(lattice.size - 1)).toBe(2 ** 53 - 2);
  });
});

describe("steps", () => {
  test("print as decimals", () => {
    expect(all(stepLattice(0.1, 0.5, 0.1)).map(String)).toEqual(["0.1", "0.2", "0.3", "0.4", "0.5"]);
  });

  test("stop below an upper end they miss, and are equally likely", () => {
    expect(all(stepLattice(-1, 1.1, 0.5))).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(sum(masses(stepLattice(-1, 1.1, 0.5)))).toBeCloseTo(1, 14);
  });

  test("work for integers, unequal magnitudes and values of 17 digits", () => {
    expect(all(stepLattice(16, 128, 48))).toEqual([16, 64, 112]);
    expect(all(stepLattice(1e-7, 1, 0.5))).toEqual([1e-7, 0.5000001]);
    expect(all(stepLattice(0, 1, 1 / 3))).toEqual([0, 1 / 3, 0.6666666666666666, 0.9999999999999999]);
  });

  test("obey the laws", () => {
    const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const law = fc.property(bound, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fraction, (lo, width, at) => {
      expect(brokenLaws(stepLattice(lo, lo + width, width / 97), lo, lo + width, at)).toEqual([]);
    });
    fc.assert(law, { seed: 2, numRuns: 300 });
  });
});

describe("uniform floats", () => {
  test("are multiples of a power of ten, ends included with half a share each", () => {
    const lattice = decimalLattice(0, 1, 1);
    expect(all(lattice).map(String)).toEqual(["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"]);
    expect(lattice.mass(0, 1)).toBeCloseTo(0.05, 15);
    expect(lattice.mass(5, 6)).toBeCloseTo(0.1, 15);
    expect(lattice.mass(10, 11)).toBeCloseTo(0.05, 15);
  });

  test("cross zero, which is a plain 0", () => {
    expect(all(decimalLattice(-0.2, 0.1, 1)).map(String)).toEqual(["-0.2", "-0.1", "0", "0.1"]);
  });

  test("have the asked number of digits at the end further from zero", () => {
    expect(all(decimalLattice(95, 100, 2))).toEqual([95, 96, 97, 98, 99, 100]);
    expect(all(decimalLattice(95, 101, 2))).toEqual([100]);
    expect(decimalLattice(0.00005, 0.00015, 6).value(1)).toBe(0.000050001);
  });

  test("an end off the lattice is clipped, not rounded", () => {
    const lattice = decimalLattice(0.26, 0.54, 1);
    expect(all(lattice)).toEqual([0.3, 0.4, 0.5]);
    const expected = [0.09 / 0.28, 0.1 / 0.28, 0.09 / 0.28];
    expect(
      masses(lattice)
        .map((mass, index) => mass - (expected[index] ?? 0))
        .every((d) => Math.abs(d) < 1e-14),
    ).toBe(true);
  });

  test("obey the laws", () => {
    const bound = fc.double({ min: -1e3, max: 1e3, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-9);
    const law = fc.property(bound, bound, digitCount, fraction, (a, b, digits, at) => {
      const [lo, hi] = [Math.min(a, b), Math.max(a, b)];
      fc.pre(lo < hi);
      const lattice = decimalLattice(lo, hi, digits);
      fc.pre(lattice.size > 0);
      expect(brokenLaws(lattice, lo, hi, at)).toEqual([]);
    });
    fc.assert(law, { seed: 3, numRuns: 1000 });
  });
});

describe("log-uniform floats", () => {
  test("are all numbers of so many digits", () => {
    expect(all(significantLattice(0.08, 2.4, 1)).map(String)).toEqual(
      "0.08 0.09 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 2".split(" "),
    );
    expect(significantLattice(1e-5, 1e-1, 6).size).toBe(4 * 900_000 + 1);
  });

  test("1e-5 keeps its precision", () => {
    const lattice = significantLattice(1e-5, 1e-1, 6);
    expect([0, 1, 234567].map((index) => String(lattice.value(index)))).toEqual([
      "0.00001",
      "0.0000100001",
      "0.0000334567",
    ]);
  });

  test("masses are logarithms at midpoints, clipped to the range", () => {
    const lattice = significantLattice(0.08, 2.4, 1);
    const total = Math.log(2.4 / 0.08);
    expect(lattice.mass(0, 1)).toBeCloseTo(Math.log(0.085 / 0.08) / total, 14);
    expect(lattice.mass(1, 2)).toBeCloseTo(Math.log(0.095 / 0.085) / total, 14);
    expect(lattice.mass(2, 3)).toBeCloseTo(Math.log(0.15 / 0.095) / total, 14);
    expect(lattice.mass(12, 13)).toBeCloseTo(Math.log(2.4 / 1.5) / total, 14);
    expect(lattice.mass(0, 12)).toBeCloseTo(Math.log(1.5 / 0.08) / total, 14);
  });

  test("masses of neighbours of 15 digits differ by less than 1e-12 of themselves", () => {
    const lattice = significantLattice(1, 2, 15);
    const middle = Math.floor(lattice.size / 2);
    const expected = Math.log1p(1 / 1.5e14) / Math.log(2);
    expect(Math.abs(lattice.mass(middle, middle + 1) / expected - 1)).toBeLessThan(1e-12);
  });

  test("obey the laws", () => {
    const bound = fc.double({ min: -9, max: 3, noNaN: true }).map((x) => 10 ** x);
    const law = fc.property(bound, bound, digitCount, fraction, (a, b, digits, at) => {
      const [lo, hi] = [Math.min(a, b), Math.max(a, b)];
      fc.pre(lo < hi);
      const lattice = significantLattice(lo, hi, digits);
      fc.pre(lattice.size > 0 && lattice.size < Number.MAX_SAFE_INTEGER);
      expect(brokenLaws(lattice, lo, hi, at)).toEqual([]);
    });
    fc.assert(law, { seed: 4, numRuns: 1000 });
  });
});
