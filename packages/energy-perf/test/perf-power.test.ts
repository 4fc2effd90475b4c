import { expect, test } from "vitest";
import { parsePerf } from "../src/parse-perf.ts";
import { perfPower } from "../src/perf-power.ts";

const row = (seconds: number, value: string, event = "energy-pkg", label = ""): string =>
  `${seconds.toFixed(9).padStart(16)};${label}${value};Joules;power/${event}/;2000000000;100.00;;\n`;

test("each interval has its mean power, at its middle", () => {
  const text = row(1, "20.00") + row(1, "5.00", "energy-ram") + row(3, "60.00") + row(3, "8.00", "energy-ram");
  expect(perfPower(parsePerf(text).rows)).toEqual(
    new Map([
      [
        "energy-pkg",
        [
          { timeMs: 500, powerWatts: 20 },
          { timeMs: 2000, powerWatts: 30 },
        ],
      ],
      [
        "energy-ram",
        [
          { timeMs: 500, powerWatts: 5 },
          { timeMs: 2000, powerWatts: 4 },
        ],
      ],
    ]),
  );
});

test("sockets are added up; an interval that one of them did not count has no power, and the next one has", () => {
  const sockets = (seconds: number, first: string, second: string): string =>
    row(seconds, first, "energy-pkg", "S0;1;") + row(seconds, second, "energy-pkg", "S1;1;");
  const text = sockets(1, "20.00", "30.00") + sockets(2, "20.00", "<not counted>") + sockets(3, "10.00", "10.00");
  expect(perfPower(parsePerf(text).rows).get("energy-pkg")).toEqual([
    { timeMs: 500, powerWatts: 50 },
    { timeMs: 2500, powerWatts: 20 },
  ]);
});

test("a report without intervals has no power over time", () => {
  const text = "20.00;Joules;power/energy-pkg/;2000000000;100.00;;\n";
  expect(perfPower(parsePerf(text).rows)).toEqual(new Map());
});
