import { describe, expect, it, test } from "vitest";
import type { MetricPattern } from "../src/metric-pattern.ts";
import type { MetricResult } from "../src/metric-result.ts";
import { scanLog } from "../src/scan-log.ts";

async function scanOne(log: string, pattern: MetricPattern): Promise<MetricResult> {
  const [result] = (await scanLog(log, { metrics: { metric: pattern } })).metrics;
  if (result === undefined) throw new Error("no result");
  return result;
}

const LOG = "loss: 3\nloss: 1\nloss: 2\n";
const pattern = "loss: ([0-9.]+)";

describe("of several matches counts", () => {
  test.each([
    ["last", 2, 3],
    ["first", 3, 1],
    ["min", 1, 2],
    ["max", 3, 1],
    ["all", 2, 3],
  ] as const)("the %s", async (aggregation, value, line) => {
    expect(await scanOne(LOG, { pattern, aggregation })).toMatchObject({ outcome: "found", aggregation, value, line });
  });

  it("the first of equal ones, for min and max", async () => {
    expect(await scanOne("loss: 1\nloss: 1\n", { pattern, aggregation: "min" })).toMatchObject({ line: 1 });
  });
});

describe("nan and inf", () => {
  test.each([
    ["loss: 1\nloss: nan\nloss: 2\n", "min", { outcome: "found", value: 1, notFinite: 1 }],
    ["loss: 1\nloss: nan\nloss: 2\n", "all", { outcome: "found", value: 2, notFinite: 1 }],
    ["loss: 1\nloss: 2\nloss: nan\n", "max", { outcome: "not-finite", value: undefined, text: "nan", line: 3 }],
    ["loss: 1\nloss: inf\n", "all", { outcome: "not-finite", value: undefined, notFinite: 1 }],
    ["loss: nan\nloss: 2\n", "first", { outcome: "not-finite", line: 1 }],
    ["loss: 1\nloss: nan\n", "first", { outcome: "found", value: 1 }],
    ["loss: nan\nloss: 2\n", "last", { outcome: "found", value: 2 }],
  ] as const)("%j, %s", async (log, aggregation, expected) => {
    expect(await scanOne(log, { pattern, aggregation })).toMatchObject(expected);
  });

  it("are points of a series without a value", async () => {
    const { series } = await scanOne("loss: 1\nloss: nan\nloss: 2\n", { pattern, aggregation: "all" });
    expect(series?.points.map(({ value }) => value)).toEqual([1, undefined, 2]);
  });
});

describe("a ratio", () => {
  const ratio = { pattern: "Accuracy: (\\d+)/(\\d+)", as: "ratio", range: [0, 1] } as const;
  test.each([
    ["Accuracy: 4396/5000 (88%)", { outcome: "found", value: 0.8792, text: "4396/5000", printed: undefined }],
    ["Accuracy: 5/0", { outcome: "not-a-number", value: undefined, text: "5/0" }],
    ["Accuracy: 6/5", { outcome: "out-of-range", value: 1.2 }],
  ])("%j", async (log, expected) => {
    expect(await scanOne(log, ratio)).toMatchObject(expected);
  });

  it("without two groups is refused", async () => {
    await expect(scanOne("", { pattern: "(a)", as: "ratio" })).rejects.toThrow(/two groups.*it has 1/);
  });
});

describe("a percentage", () => {
  const percent = "Accuracy: ([0-9.]+)";
  test.each([
    ["Accuracy: 95.5%", { pattern: percent, as: "percent" }, { value: 0.955, unit: undefined, printed: undefined }],
    ["Accuracy: 91.80%", { pattern: percent, as: "percent" }, { value: 0.918 }],
    ["Accuracy: 95.5%", { pattern: percent }, { value: 95.5, unit: "%", printed: "percent" }],
    ["Accuracy: 95.5 %", percent, { value: 95.5, unit: "%", printed: "percent" }],
    ["Accuracy: 95.5", { pattern: percent, unit: "%" }, { value: 95.5, unit: "%", printed: undefined }],
    ["Accuracy: 150%", { pattern: percent, as: "percent", range: [0, 1] }, { value: 1.5, outcome: "out-of-range" }],
  ] as const)("%j with %j", async (log, given, expected) => {
    expect(await scanOne(log, given)).toMatchObject({ outcome: "found", ...expected });
  });
});

describe("a count", () => {
  const count = "Accuracy: ([0-9.]+)";
  it("is no measure to the rich form, and says how to mend it", async () => {
    expect(await scanOne("Accuracy: 4396/5000", { pattern: count })).toMatchObject({
      outcome: "count",
      value: undefined,
      text: "4396",
      hint: expect.stringContaining('"as": "ratio"'),
    });
  });

  it("is kept by the original's form, and marked", async () => {
    expect(await scanOne("Accuracy: 4396/5000", count)).toMatchObject({
      outcome: "found",
      value: 4396,
      printed: "count",
      hint: expect.any(String),
    });
  });

  it("is what was asked for, with a unit", async () => {
    const images = { pattern: count, unit: "images" };
    expect(await scanOne("Accuracy: 4396/5000", images)).toMatchObject({ outcome: "found", value: 4396 });
  });

  test.each(["Accuracy: 0.5/0.6", "Accuracy: 5 of 10", "Accuracy: 5/x", "Accuracy: 3/4.5"])(
    "%j is none",
    async (log) => {
      expect(await scanOne(log, { pattern: count })).toMatchObject({ outcome: "found", printed: undefined });
    },
  );
});

describe("the x of a point", () => {
  const points = async (log: string, x: string): Promise<readonly (number | undefined)[]> => {
    const { series } = await scanOne(log, { pattern, aggregation: "all", x });
    return series?.points.map((point) => point.x) ?? [];
  };

  test.each([
    ["stands on its line, before", "step 5 loss: 1\nstep 6 loss: 2\n", "step (\\d+)", [5, 6]],
    ["or after", "{'loss: 1, 'epoch': 2}\n{'loss: 2, 'epoch': 3}\n", "'epoch': (\\d+)", [2, 3]],
    ["or on an earlier line", "Epoch 1\nloss: 3\nloss: 2\n\nEpoch 2\nx\nloss: 1\n", "Epoch (\\d+)", [1, 1, 2]],
    ["the nearest before it on one line", "step 1 loss: 1 step 2 loss: 2", "step (\\d+)", [1, 2]],
    ["is undefined before the first", "loss: 1\nstep 1\n", "step (\\d+)", [undefined]],
    ["is undefined when it is no number", "step x\nloss: 1\n", "step (\\w+)", [undefined]],
  ])("%s", async (_what, log, x, expected) => {
    expect(await points(log, x)).toEqual(expected);
  });

  it("is known across the windows of a long log", async () => {
    const filler = `${"x".repeat(1023)}\n`.repeat(1100);
    expect(await points(`Epoch 1\n${filler}loss: 1\n${filler}loss: 2\nEpoch 2\nloss: 3\n`, "Epoch (\\d+)")).toEqual([
      1, 1, 2,
    ]);
  });
});

describe("the aggregation each", () => {
  const each = async (log: string) =>
    (await scanOne(log, { pattern, aggregation: "each", x: "Epoch (\\d+)|Test" })).series;
  const bar = "Epoch 1: loss: 3\rEpoch 1: loss: 2\rEpoch 2: loss: 2\rEpoch 2: loss: 1\r";

  it("keeps the last match of each epoch, as a progress bar shows it many times", async () => {
    expect(await each(bar)).toMatchObject({
      count: 2,
      every: 1,
      points: [
        { x: 1, value: 2, line: 2 },
        { x: 2, value: 1 },
      ],
    });
  });

  it("keeps apart what belongs to none", async () => {
    const points = (await each(`loss: 9\nloss: 8\n${bar}Test\nloss: 1.5\n`))?.points.map(({ x, value }) => [x, value]);
    expect(points).toEqual([
      [undefined, 9],
      [undefined, 8],
      [1, 2],
      [2, 1],
      [undefined, 1.5],
    ]);
  });

  it("thins out epochs, not matches", async () => {
    const log = Array.from({ length: 3000 }, (_, index) => `Epoch ${index >> 1}: loss: ${index}\r`).join("");
    const series = await each(log);
    expect(series).toMatchObject({ count: 1500, every: 2 });
    expect(series?.points.slice(0, 2)).toMatchObject([
      { x: 0, value: 1 },
      { x: 2, value: 5 },
    ]);
    expect(series?.points.at(-1)).toMatchObject({ x: 1499, value: 2999 });
  });
});

describe("the time of a point", () => {
  test.each([
    ["2026-11-24 10:18:08,123 loss: 1", "2026-11-24T10:18:08.123"],
    ["[2026-11-24T10:18:08Z] loss: 1", "2026-11-24T10:18:08Z"],
    ["loss: 1 at 2026-11-24T10:18:08.5+01:00", "2026-11-24T10:18:08.5+01:00"],
    ["2026-11-24 10:18:08\nloss: 1", undefined],
    ["10:18:08 loss: 1", undefined],
  ])("%j", async (log, time) => {
    const { series } = await scanOne(log, { pattern, aggregation: "all" });
    expect(series?.points).toMatchObject([{ time }]);
  });
});

it("a long series is thinned out evenly, and keeps its last point", async () => {
  const log = Array.from({ length: 10_000 }, (_, index) => `step ${index} loss: ${index}\n`).join("");
  const { series, value } = await scanOne(log, { pattern, aggregation: "all", x: "step (\\d+)" });
  expect(value).toBe(9999);
  expect(series).toMatchObject({ count: 10_000, every: 16 });
  expect(series?.points.length).toBe(626);
  expect(series?.points.slice(0, 2).map(({ x }) => x)).toEqual([0, 16]);
  expect(series?.points.at(-1)).toMatchObject({ x: 9999, value: 9999, line: 10_000 });
});

describe("listed matches", () => {
  it("are the first and the last few, with all counted", async () => {
    const log = Array.from({ length: 10 }, (_, index) => `loss: ${index}\n`).join("");
    const { matches } = await scanLog(log, { metrics: { loss: pattern, none: "acc: (\\d)" }, listed: 2 });
    const shown = matches.map(({ name, count, first, last }) => [name, count, first, last].flat());
    expect(shown.map((row) => row.map((each) => (typeof each === "object" ? each.line : each)))).toEqual([
      ["loss", 10, 1, 2, 9, 10],
      ["none", 0],
    ]);
  });

  it("are none when none are asked for", async () => {
    expect((await scanLog(LOG, { metrics: { loss: pattern } })).matches).toEqual([]);
  });
});
