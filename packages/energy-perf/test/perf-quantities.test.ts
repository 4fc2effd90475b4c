import { QuantityJson, quantityToJson, rectangular } from "@ea/energy";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseIntervals } from "../src/parse-intervals.ts";
import { knownEvent, type PerfEvent } from "../src/perf-events.ts";
import { perfQuantity } from "../src/perf-quantities.ts";

const PACKAGE = eventOf("power/energy-pkg/");
const DRAM = eventOf("power/energy-ram/");

function eventOf(spelling: string): PerfEvent {
  const event = knownEvent(spelling);
  if (!event) throw new RangeError(spelling);
  return event;
}

type Row = readonly [seconds: number, joules: number | string];

function quantityOf(rows: readonly Row[], windowSeconds: number, failure?: string): ReturnType<typeof perfQuantity> {
  const text = rows
    .map(([time, joules]) => `${time.toFixed(9)};${joules};Joules;power/energy-pkg/;1;100.00;;\n`)
    .join("");
  return perfQuantity(PACKAGE, parseIntervals(text).intervals, { windowSeconds, failure });
}

test("joules are the sum of the intervals of that event", () => {
  const text =
    "1.000000000;20.00;Joules;power/energy-pkg/;1;100.00;;\n1.000000000;5.00;Joules;power/energy-ram/;1;100.00;;\n";
  const { intervals } = parseIntervals(`${text}${text.replaceAll("1.000000000", "2.000000000")}`);
  const run = { windowSeconds: 2, failure: undefined };
  expect(perfQuantity(PACKAGE, intervals, run)).toMatchObject({ name: "cpu_package", value: 40, quality: "measured" });
  expect(perfQuantity(DRAM, intervals, run)).toMatchObject({ name: "dram", value: 10, coverage: 1, reason: undefined });
});

test("it is the whole host's energy, read by perf", () => {
  expect(quantityOf([[1, 20]], 1)).toMatchObject({ scope: "host", source: "perf", unit: "J" });
  expect(quantityOf([[1, 20]], 1).device).toBeUndefined();
});

test("uncertainty: accuracy of RAPL, rounding of each interval, and what happened beside the intervals", () => {
  const { uncertainty } = quantityOf(
    [
      [1, 20],
      [2, 20],
    ],
    2.02,
  );
  expect(uncertainty?.sensor).toBeCloseTo(rectangular(0.05 * 40), 9);
  expect(uncertainty?.quantisation).toBeCloseTo(rectangular(0.005) * Math.sqrt(2), 9);
  expect(uncertainty?.edges).toBeCloseTo(rectangular(20 * 0.02), 9);
});

test("a perf that died leaves a part, its share and the reason", () => {
  const quantity = quantityOf([[1, 20]], 4, "perf was ended by SIGKILL");
  expect(quantity).toMatchObject({
    value: 20,
    quality: "partial",
    coverage: 0.25,
    reason: "perf covered 1.0 of 4.0 s: perf was ended by SIGKILL",
  });
  expect(quantity.uncertainty?.combined).toBeGreaterThan(60);
});

test("a perf that died within the policy is still a measurement", () => {
  expect(quantityOf([[9.6, 20]], 10, "perf was ended by SIGKILL")).toMatchObject({
    quality: "measured",
    coverage: 0.96,
  });
});

test("nothing counted is no value, in perf's words", () => {
  expect(quantityOf([[1, "<not supported>"]], 1)).toMatchObject({
    value: null,
    quality: "unavailable",
    reason: 'perf printed "<not supported>" for power/energy-pkg/',
  });
});

test("an interval that was not counted is missing, and does not take the others with it", () => {
  expect(
    quantityOf(
      [
        [1, 20],
        [2, "<not counted>"],
        [3, 20],
      ],
      3,
    ),
  ).toMatchObject({
    value: 40,
    quality: "partial",
    coverage: 2 / 3,
    reason: 'perf covered 2.0 of 3.0 s: perf printed "<not counted>" for power/energy-pkg/',
  });
});

test("no row at all is no value: because perf failed, or because the window was short", () => {
  expect(quantityOf([], 5, "perf ended with exit status 255")).toMatchObject({
    value: null,
    reason: "perf ended with exit status 255",
  });
  expect(quantityOf([], 0.01).reason).toBe("perf wrote no interval; the window was too short");
});

test("a counter that stands still is dead, and its 0 no measurement", () => {
  expect(
    quantityOf(
      [
        [1, "0.00"],
        [2, "0.00"],
      ],
      2,
    ),
  ).toMatchObject({ value: null, reason: "the counter did not move in 2.0 s" });
});

test("an interval without length has no power and no value", () => {
  expect(quantityOf([[0, "0.00"]], 1)).toMatchObject({ value: null, reason: "perf counted for no time" });
});

test("intervals in any number give their sum, within their uncertainty of power times time, and fit on disk", () => {
  const lengths = fc.array(fc.double({ min: 0.2, max: 2, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(lengths, fc.double({ min: 1, max: 500, noNaN: true }), (seconds, watts) => {
      let time = 0;
      const rows = seconds.map((length): Row => {
        time += length;
        return [Number(time.toFixed(9)), (watts * length).toFixed(2)];
      });
      const quantity = quantityOf(rows, time);
      expect(Math.abs((quantity.value ?? 0) - watts * time)).toBeLessThan(0.005 * seconds.length + 1e-6);
      expect(quantity.quality).toBe("measured");
      expect(QuantityJson.safeParse(quantityToJson(quantity)).success).toBe(true);
    }),
    { seed: 42 },
  );
});

test("what a perf that was slow to stop counted after the window is not the run's", () => {
  const rows = Array.from({ length: 6 }, (_, second): Row => [second + 1, 40]);
  const { value, coverage, uncertainty } = quantityOf(rows, 3.5);
  expect(value).toBeCloseTo(140, 9);
  expect(coverage).toBe(1);
  // Half of the cut interval may have gone to either side
  expect(uncertainty?.edges).toBeCloseTo(rectangular(20), 9);
});
