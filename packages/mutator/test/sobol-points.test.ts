import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import { type Hash, rootHash, uniform } from "../src/hash.ts";
import { MAX_SOBOL_DIMENSIONS, sobolBits, sobolPoints } from "../src/sobol-points.ts";

const anyHash: fc.Arbitrary<Hash> = fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1));
const allDimensions = Array.from({ length: MAX_SOBOL_DIMENSIONS }, (_, index) => index + 1);

/** Copies of the first `count` points. */
function take(dimensions: number, hash: Hash, count: number): number[][] {
  const points: number[][] = [];
  for (const point of sobolPoints(dimensions, hash)) {
    points.push([...point]);
    if (points.length === count) break;
  }
  return points;
}

/** The squared centred L2 discrepancy, 0 for perfectly even points (F. J. Hickernell, Math. Comp. 67, 299-322, 1998). */
function centredDiscrepancy(points: readonly (readonly number[])[]): number {
  const count = points.length;
  const away = points.map((point) => point.map((x) => Math.abs(x - 0.5)));
  const single = away.map((row) => row.reduce((product, a) => product * (1 + a / 2 - a ** 2 / 2), 1));
  const pairs = points.flatMap((p, i) =>
    points.map((q, j) =>
      p.reduce((product, x, axis) => {
        const distances = (away[i]?.[axis] ?? Number.NaN) + (away[j]?.[axis] ?? Number.NaN);
        return product * (1 + distances / 2 - Math.abs(x - (q[axis] ?? Number.NaN)) / 2);
      }, 1),
    ),
  );
  return (13 / 12) ** (points[0]?.length ?? 0) - (2 * sum(single)) / count + sum(pairs) / count ** 2;
}

/** Counts of equally likely cells, and how far they are from equal. */
function counter(size: number): { add: (cell: number) => void; chiSquare: () => number } {
  const counts = new Map<number, number>();
  return {
    add: (cell) => counts.set(cell, (counts.get(cell) ?? 0) + 1),
    chiSquare: () => {
      const expected = sum([...counts.values()]) / size;
      return sum(Array.from({ length: size }, (_, cell) => ((counts.get(cell) ?? 0) - expected) ** 2)) / expected;
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

// Literals by scipy 1.17.1, qmc.Sobol(50, scramble=False, bits=32), which counts in Gray code: its point i is ours i ^ (i >>> 1)
test.each([
  [1, [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125, 0.1875, 0.6875, 0.9375, 0.4375], 4191448864],
  [2, [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625, 0.3125, 0.8125, 0.0625, 0.5625], 3403469216],
  [7, [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625, 0.4375, 0.9375, 0.1875, 0.6875], 4188913952],
  [50, [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125, 0.0625, 0.5625, 0.8125, 0.3125], 2959714784],
])("unscrambled, dimension %i has scipy's first 12 points and its point 123456789", (dimension, first, later) => {
  const scipy = (index: number): number => sobolBits(index ^ (index >>> 1), dimension);
  expect(first.map((_, index) => scipy(index) / 2 ** 32)).toEqual(first);
  expect(scipy(123_456_789)).toBe(later);
});

test("unscrambled, point 2^32 - 1, the sum of all 32 direction numbers, is scipy's in each dimension", () => {
  expect(allDimensions.map((dimension) => sobolBits(2 ** 32 - 1, dimension))).toEqual([
    4294967295, 1, 1325465599, 806158221, 1342505107, 3222343953, 1081134301, 2230321791, 2280850895, 2167068583,
    2271385155, 2231269075, 2215448145, 3977049005, 721596651, 1347371487, 869025213, 3574878551, 3642577017,
    3501682385, 3472963703, 2744281815, 2500618295, 872421787, 3888467795, 3062943485, 923879293, 2408539135,
    2849117967, 209183491, 1766702339, 2207379209, 1332211717, 3328700419, 1090715653, 3537043467, 2969567239,
    2391833467, 632587155, 1414840175, 107238567, 3104060479, 173128725, 3807849571, 1873802415, 2025837571, 4155990711,
    3972062283, 2326380857, 3540039685,
  ]);
});

test("scrambling is nested: in each dimension two points share as many leading digits as unscrambled", () => {
  const plain = Array.from({ length: 300 }, (_, index) =>
    allDimensions.map((dimension) => sobolBits(index, dimension)),
  );
  fc.assert(
    fc.property(anyHash, fc.nat(299), fc.nat(299), (hash, i, j) => {
      const points = take(MAX_SOBOL_DIMENSIONS, hash, 300);
      const shared = (rows: readonly (readonly number[])[], unit: number): number[] =>
        allDimensions.map((_, axis) => {
          const [a = Number.NaN, b = Number.NaN] = [rows[i]?.[axis], rows[j]?.[axis]];
          return Math.clz32(Math.floor(a * unit) ^ Math.floor(b * unit));
        });
      expect(shared(points, 2 ** 32)).toEqual(shared(plain, 1));
    }),
  );
});

test("in each of 50 dimensions the first 2^m points, m up to 10, fall one in each interval of width 2^-m", () => {
  fc.assert(
    fc.property(anyHash, (hash) => {
      const points = take(MAX_SOBOL_DIMENSIONS, hash, 2 ** 10);
      for (let m = 0; m <= 10; m++) {
        const first = points.slice(0, 2 ** m);
        const filled = allDimensions.map((_, axis) => {
          return new Set(first.map((point) => Math.floor((point[axis] ?? Number.NaN) * 2 ** m))).size;
        });
        expect(filled).toEqual(allDimensions.map(() => 2 ** m));
      }
    }),
    { numRuns: 10 },
  );
});

test("in the first two dimensions 2^m points fall one in each box of area 2^-m, whatever its shape", () => {
  fc.assert(
    fc.property(anyHash, fc.nat(10), fc.nat(10), (hash, m, seed) => {
      const wide = seed % (m + 1);
      const boxes = take(2, hash, 2 ** m).map(([x = Number.NaN, y = Number.NaN]) => {
        return `${Math.floor(x * 2 ** wide)} ${Math.floor(y * 2 ** (m - wide))}`;
      });
      expect(new Set(boxes).size).toBe(2 ** m);
    }),
  );
});

test("every coordinate is the middle of one of 2^32 equal cells, so never 0 or 1", () => {
  fc.assert(
    fc.property(anyHash, (hash) => {
      const cells = take(MAX_SOBOL_DIMENSIONS, hash, 16).flatMap((point) => point.map((x) => x * 2 ** 32 - 0.5));
      expect(cells.every((cell) => Number.isInteger(cell) && cell >= 0 && cell < 2 ** 32)).toBe(true);
    }),
  );
});

test("one hash gives one sequence, and each half of the hash matters", () => {
  fc.assert(
    fc.property(anyHash, fc.integer({ min: 1, max: MAX_SOBOL_DIMENSIONS }), ([high, low], dimensions) => {
      const points = take(dimensions, [high, low], 8);
      expect(take(dimensions, [high, low], 8)).toEqual(points);
      expect(take(dimensions, [(high ^ 1) >>> 0, low], 8)).not.toEqual(points);
      expect(take(dimensions, [high, (low ^ 1) >>> 0], 8)).not.toEqual(points);
    }),
  );
});

test("the points of a seed stay what they are, bit for bit", () => {
  expect(take(2, rootHash("42"), 4)).toMatchInlineSnapshot(`
    [
      [
        0.5136977477231994,
        0.3932579228421673,
      ],
      [
        0.029727367567829788,
        0.5701056694379076,
      ],
      [
        0.8223177151521668,
        0.9276102375006303,
      ],
      [
        0.3705789066152647,
        0.12525297806132585,
      ],
    ]
  `);
});

test("a coordinate does not depend on how many follow it", () => {
  fc.assert(
    fc.property(anyHash, fc.integer({ min: 1, max: MAX_SOBOL_DIMENSIONS }), (hash, dimensions) => {
      const wide = take(MAX_SOBOL_DIMENSIONS, hash, 20);
      expect(take(dimensions, hash, 20)).toEqual(wide.map((point) => point.slice(0, dimensions)));
    }),
  );
});

test("each point overwrites the array of the one before", () => {
  const points = sobolPoints(3, rootHash("a"));
  const first = points.next().value;
  const copy = [...(first ?? [])];
  expect(points.next().value).toBe(first);
  expect([...(first ?? [])]).not.toEqual(copy);
});

test.each([
  [2, 0.05],
  [5, 0.15],
  [20, 0.8],
])(
  "in %i dimensions the discrepancy of 256 points is below %f of random ones', for each of 5 seeds",
  (dimensions, limit) => {
    for (const seed of ["a", "b", "c", "d", "e"]) {
      const hash = rootHash(seed);
      const random = Array.from({ length: 256 }, (_, index) =>
        Array.from({ length: dimensions }, (__, axis) => uniform(hash, index * dimensions + axis)),
      );
      const sobol = take(dimensions, hash, 256);
      expect(centredDiscrepancy(sobol) / centredDiscrepancy(random)).toBeLessThan(limit);
    }
  },
);

test("the discrepancy of this file is scipy's, on the first 8 unscrambled points of the plane", () => {
  const points = Array.from({ length: 8 }, (_, index) => [1, 2].map((axis) => sobolBits(index, axis) / 2 ** 32));
  expect(centredDiscrepancy(points)).toBeCloseTo(0.013882107204860938, 14);
});

test("over 4000 seeds the first point is uniform in each of 50 dimensions and independent of the dimension before", () => {
  const cells = allDimensions.map(() => counter(16));
  const pairs = allDimensions.map(() => counter(16));
  for (let seed = 0; seed < 4000; seed++) {
    const [point = []] = take(MAX_SOBOL_DIMENSIONS, rootHash(String(seed)), 1);
    for (const [axis, x] of point.entries()) {
      const before = point.at(axis - 1) ?? Number.NaN; // the last one for the first
      cells[axis]?.add(Math.floor(x * 16));
      pairs[axis]?.add(4 * Math.floor(x * 4) + Math.floor(before * 4));
    }
  }
  for (const counts of [...cells, ...pairs]) expect(counts.chiSquare()).toBeLessThan(47); // 15 degrees of freedom, 100 times, 0.4 %
});

test("over 4000 seeds two points in different halves are independent within them, as no shift of digits makes them", () => {
  const pairs = [1, 2, 3, 4, 5].map(() => counter(64));
  for (let seed = 0; seed < 4000; seed++) {
    const [first = [], second = []] = take(pairs.length, rootHash(String(seed)), 2);
    for (const [axis, counts] of pairs.entries()) {
      const [a, b] = [first, second].map((point) => Math.floor((point[axis] ?? Number.NaN) * 16) % 8);
      counts.add(8 * (a ?? Number.NaN) + (b ?? Number.NaN));
    }
  }
  for (const counts of pairs) expect(counts.chiSquare()).toBeLessThan(108); // 63 degrees of freedom, 5 times, 0.2 %
});

test.each([0, 51, -1, Number.NaN])("%d dimensions are refused", (dimensions) => {
  const message = `Expected 1 to 50 drawable parameters for strategy sobol, found ${dimensions}`;
  expect(() => sobolPoints(dimensions, rootHash("a")).next()).toThrow(new MutatorError("TOO_MANY_DIMENSIONS", message));
});
