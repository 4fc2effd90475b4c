import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineSplitter } from "../src/lines.ts";
import { type GpuSample, parseQuery, queryParser } from "../src/parse-query.ts";

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const TWO_GPUS = fixture("synthetic-two-gpus.csv");

test("a row is one sample of one GPU, units in the header or not", () => {
  const { samples, badLines } = parseQuery(TWO_GPUS);
  expect(badLines).toBe(0);
  expect(samples).toHaveLength(5);
  expect(samples[1]).toEqual({
    stampMs: Date.UTC(2026, 2, 3, 9, 14, 7, 815),
    uuid: "GPU-bbbbbbbb-0000-4000-8000-000000000001",
    index: 1,
    model: "NVIDIA H100 80GB HBM3",
    driverVersion: "535.161.07",
    powerWatts: 433.78,
    powerLimitWatts: 700,
    temperatureCelsius: 61,
    memoryTemperatureCelsius: 72,
    utilizationPercent: 98,
    memoryUtilizationPercent: 74,
    memoryUsedMebibytes: 80_011,
  });
  expect(parseQuery(TWO_GPUS.replaceAll(/ \[[^\]]*\]/g, ""))).toEqual({ samples, badLines });
});

test("what is no number is undefined, whatever nvidia-smi calls it, and the rest of the row is kept", () => {
  const { samples, badLines } = parseQuery(fixture("synthetic-no-number.csv"));
  expect(
    samples.map((gpu) => [
      gpu.powerWatts,
      gpu.temperatureCelsius,
      gpu.memoryTemperatureCelsius,
      gpu.utilizationPercent,
    ]),
  ).toEqual([
    [undefined, 45, undefined, undefined],
    [undefined, undefined, undefined, 50],
    [undefined, undefined, undefined, undefined],
    [undefined, undefined, undefined, undefined],
    [undefined, -3, undefined, 50],
    [undefined, undefined, undefined, undefined],
  ]);
  // The error line in front, the row with a decimal comma, a row without GPU and one without time
  expect(badLines).toBe(4);
});

test("fields that were not asked for are undefined", () => {
  const { samples } = parseQuery("timestamp, uuid\n2026/03/03 09:14:07.791, GPU-a\n");
  expect(Object.entries(samples[0] ?? {}).filter(([, value]) => value !== undefined)).toEqual([
    ["stampMs", Date.UTC(2026, 2, 3, 9, 14, 7, 791)],
    ["uuid", "GPU-a"],
  ]);
});

test("the order of the columns does not matter", () => {
  const lines = TWO_GPUS.trimEnd().split("\n");
  const reversed = lines.map((line) => line.split(", ").toReversed().join(", ")).join("\n");
  expect(parseQuery(`${reversed}\n`)).toEqual(parseQuery(TWO_GPUS));
});

test("CRLF, blank lines and lines that are no rows change no sample", () => {
  const { samples } = parseQuery(TWO_GPUS);
  expect(parseQuery(TWO_GPUS.replaceAll("\n", "\r\n"))).toEqual({ samples, badLines: 0 });
  expect(parseQuery(TWO_GPUS.replaceAll("\n", "\n\n"))).toEqual({ samples, badLines: 0 });
  expect(parseQuery(TWO_GPUS.replaceAll("\n", "\nUnknown Error\n"))).toEqual({ samples, badLines: 6 });
});

test("a second header is no row, and its order holds from then on", () => {
  const text = "uuid, timestamp\nGPU-a, 2026/03/03 09:14:07.791\ntimestamp, uuid\n2026/03/03 09:14:07.891, GPU-a\n";
  expect(parseQuery(text).samples.map(({ uuid }) => uuid)).toEqual(["GPU-a", "GPU-a"]);
});

test("without time stamp or UUID among the columns there is no sample", () => {
  expect(parseQuery("uuid, power.draw [W]\nGPU-a, 70.89\n")).toEqual({ samples: [], badLines: 2 });
  expect(parseQuery("timestamp, power.draw [W]\n2026/03/03 09:14:07.791, 70.89\n")).toEqual({
    samples: [],
    badLines: 2,
  });
});

test("rows before the header are no samples", () => {
  expect(parseQuery("2026/03/03 09:14:07.791, 0, GPU-a, 70.89\n")).toEqual({ samples: [], badLines: 1 });
});

test.each([
  ["2026/03/03 09:14:07", 0],
  ["2026/03/03 09:14:07.5", 500],
  ["2026/03/03 09:14:07.05", 50],
  ["2026/03/03 09:14:07.005", 5],
])("the fraction of %s is %d ms", (stamp, milliseconds) => {
  const { samples } = parseQuery(`timestamp, uuid\n${stamp}, GPU-a\n`);
  expect(samples[0]?.stampMs).toBe(Date.UTC(2026, 2, 3, 9, 14, 7, milliseconds));
});

test("an output that is cut at any byte loses its cut row and changes no other", () => {
  const whole = parseQuery(TWO_GPUS).samples;
  for (let length = 0; length <= TWO_GPUS.length; length += 1) {
    const { samples, badLines } = parseQuery(TWO_GPUS.slice(0, length));
    expect(samples).toEqual(whole.slice(0, samples.length));
    expect(badLines).toBe(0);
  }
});

test("the size of the chunks never changes the samples", () => {
  const whole = parseQuery(TWO_GPUS).samples;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: TWO_GPUS.length }), { maxLength: 20 }), (cuts) => {
      const bounds = [0, ...cuts.sort((a, b) => a - b), TWO_GPUS.length];
      const split = lineSplitter();
      const parser = queryParser();
      const samples: GpuSample[] = [];
      for (const [index, end] of bounds.entries()) {
        for (const line of split(TWO_GPUS.slice(bounds[index - 1] ?? 0, end))) {
          const sample = parser.line(line);
          if (sample) samples.push(sample);
        }
      }
      expect(samples).toEqual(whole);
    }),
    { seed: 42 },
  );
});

test("arbitrary text never throws, and every number is one", () => {
  const piece = fc.constantFrom("timestamp", "uuid", "power.draw [W]", ", ", "\n", "2026/03/03 09:14:07.791", "GPU-a");
  const number = fc.constantFrom("", "1.5", "[N/A]", "ERR!", "NaN", "1e9", "-1");
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, number, fc.string()), { maxLength: 40 }), (pieces) => {
      const header = "timestamp, uuid, power.draw [W]\n";
      for (const { powerWatts, stampMs } of parseQuery(header + pieces.join("")).samples) {
        expect(Number.isFinite(stampMs)).toBe(true);
        expect(powerWatts ?? 0).toBeGreaterThanOrEqual(0);
      }
    }),
    { seed: 42 },
  );
});
