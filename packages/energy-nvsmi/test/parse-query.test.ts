import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { NvsmiError } from "../src/errors.ts";
import type { GpuSample } from "../src/gpu-sample.ts";
import { parseQuery, querySamples } from "../src/parse-query.ts";

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
    powerInstantWatts: 447.35,
    powerAverageWatts: 433.78,
    powerLimitWatts: 700,
    temperatureCelsius: 61,
    memoryTemperatureCelsius: 72,
    utilizationPercent: 98,
    memoryUtilizationPercent: 74,
    memoryUsedMebibytes: 80_011,
    smClockMegahertz: undefined,
    memoryClockMegahertz: undefined,
    throttleReasons: undefined,
    isMig: undefined,
    powerAbsence: undefined,
  });
  expect(parseQuery(TWO_GPUS.replaceAll(/ \[[^\]]*\]/g, ""))).toEqual({ samples, badLines, isCut: false });
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
    [undefined, 45, 50, 50],
    [undefined, -3, undefined, 50],
    [70.89, undefined, undefined, undefined],
  ]);
  expect(samples.map(({ powerAbsence }) => powerAbsence)).toEqual([
    "[N/A]",
    "ERR!",
    "[GPU is lost]",
    "[GPU requires reset]",
    "70,89",
    "-1.00",
    undefined,
  ]);
  // The error line in front, a row without GPU and one without time
  expect(badLines).toBe(3);
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
  expect(parseQuery(TWO_GPUS.replaceAll("\n", "\r\n"))).toEqual({ samples, badLines: 0, isCut: false });
  expect(parseQuery(TWO_GPUS.replaceAll("\n", "\n\n"))).toEqual({ samples, badLines: 0, isCut: false });
  expect(parseQuery(TWO_GPUS.replaceAll("\n", "\nUnknown Error\n"))).toMatchObject({ samples, badLines: 6 });
});

test("a second header is no row, and its order holds from then on", () => {
  const text = "uuid, timestamp\nGPU-a, 2026/03/03 09:14:07.791\ntimestamp, uuid\n2026/03/03 09:14:07.891, GPU-a\n";
  expect(parseQuery(text).samples.map(({ uuid }) => uuid)).toEqual(["GPU-a", "GPU-a"]);
});

test("rows need no time stamp and no UUID where none was asked for", () => {
  expect(parseQuery("uuid, power.draw [W]\nGPU-a, 70.89\n").samples).toMatchObject([
    { uuid: "GPU-a", powerWatts: 70.89 },
  ]);
  expect(parseQuery("index, power.draw [W]\n3, 70.89 W\n").samples).toMatchObject([{ index: 3, powerWatts: 70.89 }]);
  expect(parseQuery("name, power.draw [W]\nTesla T4, 70.89\n").samples).toMatchObject([{ model: "Tesla T4" }]);
});

test("a value may have its unit, and no other", () => {
  const text = `index, power.draw [W], utilization.gpu [%], memory.used [MiB], clocks.current.sm [MHz]
0, 68.59 W, 98 %, 593 MiB, 1980 MHz
1, 68.59 mW, 98 W, 593 GiB, 1980
`;
  expect(parseQuery(text).samples).toMatchObject([
    { powerWatts: 68.59, utilizationPercent: 98, memoryUsedMebibytes: 593, smClockMegahertz: 1980 },
    { powerWatts: undefined, utilizationPercent: undefined, memoryUsedMebibytes: undefined, smClockMegahertz: 1980 },
  ]);
  expect(parseQuery("index, power.draw [mW]\n0, 68590\n").samples[0]?.powerWatts).toBeUndefined();
});

test("driver 535 renamed the throttle reasons; both names are read", () => {
  for (const name of ["clocks_event_reasons.active", "clocks_throttle_reasons.active"]) {
    const [sample] = parseQuery(`index, ${name}, mig.mode.current\n0, 0x0000000000000024, Enabled\n`).samples;
    expect(sample).toMatchObject({ throttleReasons: ["sw_power_cap", "sw_thermal_slowdown"], isMig: true });
  }
});

test.each([
  ["", "found an empty text"],
  ["\n \n", "found an empty text"],
  ["| N/A 29C P0 ERR! / 250W |\n", "the table that nvidia-smi prints without --query-gpu"],
  ["+-----+\n| NVIDIA-SMI 610.57.04 |\n", "the table that nvidia-smi prints without --query-gpu"],
  ["# gpu    pwr  gtemp\n    0    109     53\n", "the table of nvidia-smi dmon"],
  ["NVIDIA-SMI has failed because it couldn't communicate\n", "an error of nvidia-smi"],
  ["timestamp,power_draw_w\n1764069797,179.60\n", "a table that was derived from nvidia-smi's output"],
  ["2026/03/03 09:14:07.791, 0, GPU-a, 70.89\n", "rows without a header (was it noheader?)"],
  ["NVIDIA GeForce RTX 2070, 610.57.04, 8192 MiB, 5.87 W, [N/A], P8\n", "rows without a header"],
  ["\u0000\u0001", 'found "\\u0000\\u0001"'],
])("%j is refused by name", (text, words) => {
  expect(() => parseQuery(text)).toThrow(expect.objectContaining({ code: "NOT_QUERY_CSV" }));
  expect(() => parseQuery(text)).toThrow(words);
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

test("an output that is cut at any byte loses its cut row, says so, and changes no other", () => {
  const whole = parseQuery(TWO_GPUS).samples;
  const headerEnd = TWO_GPUS.indexOf("\n");
  for (let length = 0; length <= headerEnd; length += 1) {
    const text = TWO_GPUS.slice(0, length);
    expect(() => parseQuery(text)).toThrow(expect.objectContaining({ code: "NOT_QUERY_CSV" }));
  }
  for (let length = headerEnd + 1; length <= TWO_GPUS.length; length += 1) {
    const text = TWO_GPUS.slice(0, length);
    const { samples, badLines, isCut } = parseQuery(text);
    const complete = text.split("\n").length - 2;
    expect(samples.slice(0, complete)).toEqual(whole.slice(0, complete));
    for (const last of samples.slice(complete)) {
      expect({ ...last, powerAverageWatts: 0 }).toEqual({ ...whole[complete], powerAverageWatts: 0 });
      expect(whole.slice(0, complete).map(({ uuid }) => uuid)).not.toContain(last.uuid);
    }
    expect({ badLines, isCut }).toEqual({ badLines: 0, isCut: !text.endsWith("\n") });
  }
});

test("a sweep that was stored without its last newline loses no GPU, only its last cell", () => {
  const sweep = "index, power.draw [W], utilization.gpu [%]\n0, 70.89, 98\n1, 71.02, 97";
  expect(parseQuery(sweep)).toMatchObject({
    samples: [
      { index: 0, powerWatts: 70.89, utilizationPercent: 98 },
      { index: 1, powerWatts: 71.02, utilizationPercent: undefined },
    ],
    isCut: true,
  });
  expect(parseQuery(sweep.slice(0, -4)).samples).toHaveLength(1);
  expect(parseQuery("index, power.draw [W]\n0, 70.8").samples[0]?.powerWatts).toBeUndefined();
});

test("a stream gives what the whole text gives, whatever the chunks", async () => {
  const whole = parseQuery(TWO_GPUS).samples;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: TWO_GPUS.length }), { maxLength: 20 }), async (cuts) => {
      const bounds = [0, ...cuts.sort((a, b) => a - b), TWO_GPUS.length];
      const chunks = bounds.map((end, index) => TWO_GPUS.slice(bounds[index - 1] ?? 0, end));
      const samples: GpuSample[] = [];
      for await (const sample of querySamples(chunks)) samples.push(sample);
      expect(samples).toEqual(whole);
    }),
    { seed: 42 },
  );
});

test("a stream says at its end what was left out, and refuses what has no header", async () => {
  const samples = querySamples(["index, power.draw [W]\n0, 1.5\noops\n0, 2"]);
  expect(await samples.next()).toMatchObject({ value: { powerWatts: 1.5 } });
  expect(await samples.next()).toEqual({ done: true, value: { badLines: 1, isCut: true } });
  await expect(querySamples(["| a |\n", "| b |\n"]).next()).rejects.toThrow("the table that nvidia-smi prints");
});

test("arbitrary text throws nothing else, and every number is one", () => {
  const piece = fc.constantFrom("timestamp", "uuid", "power.draw [W]", ", ", "\n", "2026/03/03 09:14:07.791", "GPU-a");
  const number = fc.constantFrom("", "1.5", "[N/A]", "ERR!", "NaN", "1e9", "-1", "1,5", "1.5 W", "0x10");
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(fc.oneof(piece, number, fc.string()), { maxLength: 40 }),
      (hasHeader, pieces) => {
        const text = (hasHeader ? "timestamp, uuid, power.draw [W]\n" : "") + pieces.join("");
        const samples = parsedOrRefused(text);
        const numbers = samples.flatMap((sample) => Object.values(sample)).filter((value) => typeof value === "number");
        expect(numbers.every(Number.isFinite)).toBe(true);
        expect(samples.every(({ powerWatts = 0 }) => powerWatts >= 0)).toBe(true);
      },
    ),
    { seed: 42 },
  );
});

function parsedOrRefused(text: string): readonly GpuSample[] {
  try {
    return parseQuery(text).samples;
  } catch (error) {
    if (error instanceof NvsmiError) return [];
    throw error;
  }
}
