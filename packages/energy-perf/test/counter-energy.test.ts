import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type CountedEnergy, energyCounter } from "../src/counter-energy.ts";

const RANGE = 262_143_328_850;
type Row = readonly [seconds: number, joules: number | undefined, failure?: string];

function count(rows: readonly Row[], range: number | "unknown" = RANGE): CountedEnergy {
  const rangeMicrojoules = range === "unknown" ? undefined : range;
  const counter = energyCounter({ rangeMicrojoules, maxWatts: 2000 });
  for (const [timeSeconds, joules, failure] of rows) {
    counter.add({ timeSeconds, microjoules: joules === undefined ? undefined : Math.round(joules * 1e6), failure });
  }
  return counter.result();
}

test("energy is the sum of the differences", () => {
  const counted = count([
    [0, 100],
    [1, 120],
    [2, 145],
  ]);
  expect(counted).toMatchObject({ energyJoules: 45, countedSeconds: 2, stretches: 1, spanSeconds: 2 });
  expect(counted).toMatchObject({ lost: undefined, missed: undefined });
});

test("the first reading is no energy", () => {
  expect(count([[0, 100_000]])).toMatchObject({ energyJoules: 0, countedSeconds: 0 });
});

test("a counter that begins again after its range has counted on", () => {
  expect(
    count([
      [0, 262_100],
      [1, 6.671_149],
    ]).energyJoules,
  ).toBeCloseTo(50, 6);
});

test("a failed read is a gap that the next one covers: no 0, no wrap, no 266 kJ", () => {
  const counted = count([
    [0, 200_000],
    [1, undefined, "EIO"],
    [2, 200_100],
  ]);
  expect(counted).toMatchObject({ energyJoules: 100, countedSeconds: 2, lost: undefined, missed: "EIO" });
});

test("a failed read while the counter wraps is covered as well", () => {
  expect(
    count([
      [0, 262_100],
      [1, undefined],
      [2, 56.671_149],
    ]).energyJoules,
  ).toBeCloseTo(100, 6);
});

test("a gap in which it may have wrapped twice tells nothing", () => {
  const counted = count([
    [0, 100],
    [1, 120],
    [140, 300],
    [141, 320],
  ]);
  expect(counted).toMatchObject({ energyJoules: 40, countedSeconds: 2, stretches: 2 });
  expect(counted.lost).toMatch(/not read for 139\.0 s/);
});

test("without a range a gap may be as long as the smallest range allows", () => {
  expect(
    count(
      [
        [0, 100],
        [30, 3000],
      ],
      "unknown",
    ),
  ).toMatchObject({ energyJoules: 2900, lost: undefined });
  expect(
    count(
      [
        [0, 100],
        [40, 3000],
      ],
      "unknown",
    ),
  ).toMatchObject({ energyJoules: 0, lost: expect.any(String) });
});

test("a lower reading without a range is a reset, and its interval is lost", () => {
  const counted = count(
    [
      [0, 1000],
      [1, 1020],
      [2, 5],
      [3, 25],
    ],
    "unknown",
  );
  expect(counted).toMatchObject({ energyJoules: 40, countedSeconds: 2, lost: "the counter was reset" });
});

test("a counter set to 0 in the middle of its range is a reset, and not the rest of the range", () => {
  const counted = count([
    [0, 100_000],
    [1, 100_020],
    [2, 5],
    [3, 25],
  ]);
  expect(counted).toMatchObject({ energyJoules: 40, countedSeconds: 2, stretches: 2 });
  expect(counted.lost).toMatch(/reset: it jumped by 162128 J in 1\.0 s/);
});

test("a value beyond the range is lost", () => {
  expect(
    count([
      [0, 100],
      [1, 300_000],
      [2, 140],
      [3, 150],
    ]),
  ).toMatchObject({ energyJoules: 10, lost: expect.any(String) });
});

test("a counter that stands still does not count, however often it is read", () => {
  const dead = count([
    [0, 100],
    [1, 100],
    [2, 100],
    [200, 100],
  ]);
  expect(dead).toMatchObject({ energyJoules: 0, countedSeconds: 0, missed: "the counter stood still" });
});

test("the time in which it stood still is not covered", () => {
  const counted = count([
    [0, 100],
    [1, 120],
    [2, 120],
    [3, 120],
    [4, 140],
  ]);
  expect(counted).toMatchObject({
    energyJoules: 40,
    countedSeconds: 2,
    stretches: 2,
    missed: "the counter stood still",
  });
});

test("two readings within one update are no standstill", () => {
  expect(
    count([
      [0, 100],
      [0.0001, 100],
      [1, 120],
    ]),
  ).toMatchObject({ energyJoules: 20, countedSeconds: 1, missed: undefined });
});

test("a reading that is not later than the last is ignored", () => {
  expect(
    count([
      [0, 100],
      [1, 120],
      [1, 500],
      [0.5, 7],
      [2, 140],
    ]),
  ).toMatchObject({ energyJoules: 40, countedSeconds: 2 });
});

test("a reading that was given its time a little late is no jump", () => {
  expect(
    count([
      [0, 100],
      [1, 500],
      [1.000_05, 530],
      [2, 900],
    ]),
  ).toMatchObject({ lost: undefined });
});

test("the sum over any polling of any counter is its true energy, however many reads fail and however often it wraps", () => {
  const polls = fc.array(
    fc.record({
      seconds: fc.double({ min: 0.11, max: 3, noNaN: true }),
      watts: fc.integer({ min: 1, max: 1900 }),
      fails: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  );
  const range = fc.integer({ min: 40_000_000_000, max: RANGE });
  fc.assert(
    fc.property(polls, range, fc.nat(), (all, rangeMicrojoules, seed) => {
      const counter = energyCounter({ rangeMicrojoules, maxWatts: 2000 });
      let microjoules = 0;
      let timeSeconds = 0;
      let failed = 0;
      const add = (value: number | undefined): unknown => counter.add({ timeSeconds, microjoules: value });
      const shown = (): number => (seed + microjoules) % (rangeMicrojoules + 1);
      add(shown());
      all.forEach(({ seconds, watts, fails }, index) => {
        timeSeconds += seconds;
        microjoules += Math.round(seconds * watts * 1e6);
        // At most three in a row: then the range cannot be filled in the meantime
        failed = fails && failed < 3 && index < all.length - 1 ? failed + 1 : 0;
        add(failed > 0 ? undefined : shown());
      });
      const { energyJoules, countedSeconds, lost } = counter.result();
      expect(lost).toBeUndefined();
      expect(energyJoules).toBeCloseTo(microjoules / 1e6, 3);
      expect(countedSeconds).toBeCloseTo(timeSeconds, 6);
    }),
    { seed: 42 },
  );
});

test("whatever is read, the energy is finite, not negative, and at most what the power allows", () => {
  const reading = fc.record({
    seconds: fc.double({ min: 0, max: 50, noNaN: true }),
    joules: fc.option(fc.double({ min: 0, max: 300_000, noNaN: true }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 40 }), fc.constantFrom(RANGE, "unknown" as const), (all, range) => {
      let time = 0;
      const rows = all.map(({ seconds, joules }): Row => {
        time += seconds;
        return [time, joules];
      });
      const { energyJoules, countedSeconds, spanSeconds } = count(rows, range);
      expect(energyJoules).toBeGreaterThanOrEqual(0);
      expect(countedSeconds).toBeLessThanOrEqual(spanSeconds + 1e-9);
      expect(energyJoules).toBeLessThanOrEqual(2000 * (countedSeconds + 0.1 * rows.length));
    }),
    { seed: 42 },
  );
});
