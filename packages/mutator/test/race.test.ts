import { expect, test } from "vitest";
import { rootHash } from "../src/hash.ts";
import type { Lattice } from "../src/lattice.ts";
import { latticeOf } from "../src/lattice-of.ts";
import { race } from "../src/race.ts";

const coin = (weights: readonly number[]): Lattice =>
  latticeOf({ type: "categorical", choices: weights.map((_, index) => index), weights });

function take(lattices: readonly Lattice[], seed: string, count: number): string[] {
  const points: string[] = [];
  for (const indices of race(
    lattices.map((lattice) => ({ lattice, conditions: [] })),
    [],
    rootHash(seed),
  )) {
    points.push(indices.join(" "));
    if (points.length === count) break;
  }
  return points;
}

test("ordered pairs follow weighted sampling without replacement exactly (chi-square, 60000 seeds)", () => {
  const lattices = [coin([6, 3, 1]), coin([2, 1])];
  const masses = new Map(
    [0.6, 0.3, 0.1].flatMap((a, i) => [2 / 3, 1 / 3].map((b, j) => [`${i} ${j}`, a * b] as const)),
  );
  const seeds = 60_000;
  const counts = new Map<string, number>();
  for (let seed = 0; seed < seeds; seed++) {
    const pair = take(lattices, String(seed), 2).join(",");
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  let chiSquare = 0;
  for (const [first, p] of masses) {
    for (const [second, q] of masses) {
      if (first === second) continue;
      const expected = (seeds * p * q) / (1 - p);
      chiSquare += ((counts.get(`${first},${second}`) ?? 0) - expected) ** 2 / expected;
    }
  }
  expect(counts.size).toBe(30);
  expect(chiSquare).toBeLessThan(49.6); // 29 degrees of freedom, 1 %
});

test("every point comes exactly once", () => {
  const points = take([coin([1, 2, 3]), coin([1]), coin([5, 1, 1, 1])], "a", 100);
  expect(points).toHaveLength(12);
  expect(new Set(points).size).toBe(12);
});

test("a thousand points beside one of mass 0.999999 cost no thousand rejections", () => {
  const lattice = latticeOf({ type: "int", range: [1, 1000], zero_probability: 0.999999 });
  const points = take([lattice], "a", 2000);
  expect(new Set(points).size).toBe(1001);
  expect(points[0]).toBe("0");
});

test("points of probability 1e-370, beyond doubles, still come once each", () => {
  const rare = Array.from({ length: 37 }, () => coin([1, 1e-10]));
  const lattices = [...rare, coin([1, 1])];
  const [point] = take(lattices, "a", 1);
  expect(point).toMatch(/^(0 ){37}[01]$/);
  const few = Array.from({ length: 8 }, () => coin([1, 1e-300]));
  expect(new Set(take(few, "a", 1000)).size).toBe(256);
});

test("mass beyond doubles still orders the race", () => {
  // eight factors of 1e-300: the more rare choices a point has, the later it comes, for any seed
  const few = Array.from({ length: 8 }, () => coin([1, 1e-300]));
  const rarities = take(few, "b", 256).map((point) => point.split("1").length - 1);
  expect(rarities).toEqual([...rarities].sort((a, b) => a - b));
});

test("axes of one value cost nothing and change no set", () => {
  expect(take([coin([1]), coin([1])], "a", 5)).toEqual(["0 0"]);
});

test("an axis of 2^53 - 2 values is halved without rounding", () => {
  const lattice = latticeOf({ type: "int", range: [0, 2 ** 53 - 3] });
  const points = take([lattice], "a", 1000).map(Number);
  expect(new Set(points).size).toBe(1000);
  expect(points.every((point) => Number.isSafeInteger(point) && point < lattice.size)).toBe(true);
  expect(points.some((point) => point % 2 === 1)).toBe(true);
});
