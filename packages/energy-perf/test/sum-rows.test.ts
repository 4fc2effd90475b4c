import { describe, expect, test } from "vitest";
import type { PerfRow } from "../src/perf-row.ts";
import { sumRows } from "../src/sum-rows.ts";

function pkg(value: number | string, place: Partial<PerfRow> = {}): PerfRow {
  return {
    event: "energy-pkg",
    spelling: "power/energy-pkg/",
    timeSeconds: undefined,
    label: undefined,
    cpus: undefined,
    joules: typeof value === "number" ? value : undefined,
    absence: typeof value === "number" ? undefined : value,
    countedSeconds: undefined,
    isMean: false,
    isSummary: false,
    ...place,
  };
}
const ram = (value: number | string, place: Partial<PerfRow> = {}): PerfRow =>
  pkg(value, { event: "energy-ram", spelling: "power/energy-ram/", ...place });

test("tenths of joules add up exactly, over sockets and intervals", () => {
  const rows = Array.from({ length: 1000 }, (_, index) => [
    pkg(0.1, { timeSeconds: index + 1, label: "S0" }),
    pkg(0.2, { timeSeconds: index + 1, label: "S1" }),
  ]).flat();
  expect(sumRows(rows)).toEqual({ joules: { "energy-pkg": 300 }, reasons: {}, lastSeconds: 1000, isCut: false });
});

test("no row, no event", () => {
  expect(sumRows([])).toEqual({ joules: {}, reasons: {}, lastSeconds: undefined, isCut: false });
});

describe("what is not the whole is null, with its reason", () => {
  test.each([
    ["nothing counted", [pkg("<not supported>")], "<not supported>"],
    [
      "a socket not counted",
      [pkg(5, { label: "S0", cpus: 1 }), pkg("<not counted>", { label: "S1", cpus: 1 })],
      "<not counted> for S1",
    ],
    [
      "an interval not counted",
      [pkg(5, { timeSeconds: 1 }), pkg("<not counted>", { timeSeconds: 2 }), pkg(5, { timeSeconds: 3 })],
      "<not counted> in 1 of 3 intervals",
    ],
    [
      "sockets not counted in one interval",
      [
        pkg("<not counted>", { timeSeconds: 1, label: "S0" }),
        pkg("<not supported>", { timeSeconds: 1, label: "S1" }),
        pkg(5, { timeSeconds: 2, label: "S0" }),
        pkg(5, { timeSeconds: 2, label: "S1" }),
      ],
      "<not counted> and <not supported> in 1 of 2 intervals",
    ],
    ["no CPU that counts", [pkg("<not counted>", { label: "S0-D0-C1", cpus: 0 })], "<not counted> on any CPU"],
    [
      "a summary that says more",
      [pkg(5, { timeSeconds: 1 }), pkg(5.02, { isSummary: true })],
      "the intervals add up to 5 J, what is printed without a time to 5.02 J",
    ],
    ["a counter that stands still", [pkg(0, { timeSeconds: 0.2 })], "the counter did not move in 0.2 s"],
    [
      "one that stands still for as long as it counted",
      [pkg(0, { countedSeconds: 0.3 })],
      "the counter did not move in 0.3 s",
    ],
  ])("%s", (_, rows, reason) => {
    expect(sumRows(rows)).toMatchObject({ joules: { "energy-pkg": null }, reasons: { "energy-pkg": reason } });
  });

  test("a row that is missing between others", () => {
    const rows = [1, 2, 3, 4].flatMap((timeSeconds) => [pkg(5, { timeSeconds }), ram(1, { timeSeconds })]);
    const { joules, reasons, isCut } = sumRows(rows.filter((_, index) => index !== 3));
    expect([joules, reasons, isCut]).toEqual([
      { "energy-pkg": 20, "energy-ram": null },
      { "energy-ram": "no row in 1 of 4 intervals" },
      false,
    ]);
  });

  test("an event that ends before the last two intervals was not only cut", () => {
    const rows = [
      pkg(5, { timeSeconds: 1 }),
      ram(1, { timeSeconds: 1 }),
      pkg(5, { timeSeconds: 2 }),
      pkg(5, { timeSeconds: 3 }),
    ];
    expect(sumRows(rows)).toMatchObject({ reasons: { "energy-ram": "no row in 2 of 3 intervals" }, isCut: true });
  });
});

describe("what is the whole", () => {
  test.each([
    [
      "cores that do not count their package's event are no gap",
      [pkg(3.73, { label: "S0-D0-C0", cpus: 1 }), pkg("<not counted>", { label: "S0-D0-C1", cpus: 0 })],
      3.73,
    ],
    ["a summary is not added", [pkg(5, { timeSeconds: 1 }), pkg(5.01, { isSummary: true })], 5],
    [
      "a summary of something not counted says nothing",
      [pkg(5, { timeSeconds: 1 }), pkg("<not counted>", { isSummary: true })],
      5,
    ],
    ["a summary without intervals is the report", [pkg(5, { isSummary: true })], 5],
    ["nothing used in no time", [pkg(0, { timeSeconds: 0.05 })], 0],
    ["nothing used, for a time that is not told", [pkg(0)], 0],
  ])("%s", (_, rows, joules) => {
    expect(sumRows(rows)).toMatchObject({ joules: { "energy-pkg": joules }, reasons: {} });
  });

  test("an idle GPU in the package uses nothing for long", () => {
    const gpu = pkg(0, { event: "energy-gpu", spelling: "power/energy-gpu/" });
    expect(sumRows([gpu], 10).joules).toEqual({ "energy-gpu": 0 });
    expect(sumRows([pkg(0)], 10).joules).toEqual({ "energy-pkg": null });
  });

  test("a last interval that was cut is told", () => {
    const rows = [pkg(5, { timeSeconds: 1 }), ram(1, { timeSeconds: 1 }), pkg(5, { timeSeconds: 2 })];
    expect(sumRows(rows)).toEqual({
      joules: { "energy-pkg": 10, "energy-ram": 1 },
      reasons: {},
      lastSeconds: 2,
      isCut: true,
    });
  });
});

describe("refused", () => {
  test.each([
    [
      "the same event twice",
      [pkg(893.33), pkg(892.02), pkg("<not counted>")],
      "SEVERAL_REPORTS",
      "got 3 that nothing tells apart (893.33, 892.02, <not counted>)",
    ],
    [
      "the same event twice in an interval",
      [pkg(1, { timeSeconds: 1 }), pkg(2, { timeSeconds: 1 })],
      "SEVERAL_REPORTS",
      "(1, 2)",
    ],
    [
      "the same event with another modifier",
      [pkg(1), pkg(2, { spelling: "power/energy-pkg/u" })],
      "SEVERAL_REPORTS",
      "(1, 2)",
    ],
    [
      "a time that goes back",
      [pkg(1, { timeSeconds: 2 }), pkg(2, { timeSeconds: 1 })],
      "SEVERAL_REPORTS",
      "got 1 s after 2 s",
    ],
    [
      "two PMUs",
      [pkg(1), pkg(2, { spelling: "power_core/energy-pkg/", label: "S1" })],
      "AMBIGUOUS",
      "power_core/energy-pkg/",
    ],
  ])("%s", (_, rows, code, message) => {
    expect(() => sumRows(rows)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
