import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseQuery } from "../src/parse-query.ts";
import { queryStatisticsToJson } from "../src/query-json.ts";
import { type GpuStatistics, queryStatistics } from "../src/query-statistics.ts";

function statisticsOf(text: string): readonly GpuStatistics[] {
  const statistics = queryStatistics();
  for (const sample of parseQuery(text).samples) statistics.add(sample);
  return statistics.result();
}
const at = (seconds: number): string =>
  `2026/03/03 09:${String(14 + Math.floor(seconds / 60)).padStart(2, "0")}:${(seconds % 60).toFixed(3).padStart(6, "0")}`;
const oneGpu = (...rows: readonly (readonly [number, string])[]): string =>
  `timestamp, uuid, power.draw [W]\n${rows.map(([seconds, watts]) => `${at(seconds)}, GPU-a, ${watts}\n`).join("")}`;

test("each GPU from its first to its last power; a row that was printed twice counts once", () => {
  const text = readFileSync(new URL("fixtures/synthetic-two-gpus.csv", import.meta.url), "utf8");
  const [first, second, ...others] = statisticsOf(text);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ index: 0, samples: 2, column: "power.draw", coverage: 1, clockSteps: 0 });
  expect(first?.energyJoules).toBeCloseTo(((70.89 + 71.02) / 2) * 0.1, 9);
  expect(second).toMatchObject({ index: 1, samples: 2, temperatureCelsius: { avg: 61, min: 61, max: 61 } });
  expect(second?.energyJoules).toBeCloseTo(((433.78 + 431.1) / 2) * 0.1, 9);
  expect(second?.powerWatts).toEqual({ avg: expect.closeTo(432.44, 9), min: 431.1, max: 433.78 });
  expect(second?.utilizationPercent).toEqual({ avg: 97.5, min: 97, max: 98 });
});

test("gaps and rows without a number are bridged; a marked gap costs coverage", () => {
  const [gpu] = statisticsOf(oneGpu([0, "100"], [1, "100"], [2, "[N/A]"], [3, "100"], [23, "100"], [24, "100"]));
  expect(gpu).toMatchObject({ samples: 5, durationSeconds: 24, coverage: expect.closeTo(4 / 24, 9) });
  expect(gpu?.energyJoules).toBeCloseTo(2400, 9);
});

test("the sum of samples would be a third: a starved sampler has its energy over time", () => {
  const rows = Array.from({ length: 20 }, (_, index) => [index * 3, "80.00"] as const);
  expect(statisticsOf(oneGpu(...rows))[0]?.energyJoules).toBeCloseTo(80 * 57, 6);
});

test("a clock that steps back costs one interval, and is counted", () => {
  const [gpu] = statisticsOf(oneGpu([100, "100"], [101, "100"], [102, "100"], [10, "100"], [11, "100"]));
  expect(gpu).toMatchObject({ samples: 5, clockSteps: 1, durationSeconds: 4 });
  expect(gpu?.energyJoules).toBeCloseTo(400, 9);
});

test("a GPU is known by its UUID, else by its index", () => {
  const text = `timestamp, index, power.draw [W]\n${at(0)}, 1, 10 W\n${at(0)}, 0, 20 W\n${at(1)}, 1, 10 W\n${at(1)}, 0, 20 W\n`;
  expect(statisticsOf(text)).toMatchObject([
    { index: 1, uuid: undefined, energyJoules: 10 },
    { index: 0, uuid: undefined, energyJoules: 20 },
  ]);
});

test("rows with neither are one GPU's if they can be", () => {
  const header = "timestamp, name, power.draw [W]\n";
  const row = (seconds: number, watts: number): string => `${at(seconds)}, NVIDIA A100, ${watts}\n`;
  expect(statisticsOf(header + row(0, 10) + row(1, 10) + row(2, 10))[0]).toMatchObject({ energyJoules: 20 });
  expect(() => statisticsOf(header + row(0, 10) + row(0, 20))).toThrow("Expected an index or uuid column");
  const sweeps = [0, 1, 2, 3].flatMap((seconds) => [row(seconds, 10), row(seconds + 0.004, 300)]);
  expect(() => statisticsOf(header + sweeps.join(""))).toThrow(expect.objectContaining({ code: "AMBIGUOUS" }));
  expect(() => statisticsOf("name, power.draw [W]\nA, 1\nA, 2\n")).toThrow(
    expect.objectContaining({ code: "AMBIGUOUS" }),
  );
});

test.each([
  ["no power column", "timestamp, uuid\n", "", "no column of power"],
  ["[N/A] all the time", "timestamp, uuid, power.draw [W]\n", ", [N/A]", 'nvidia-smi printed "[N/A]" for the power'],
  ["one power", "timestamp, uuid, power.draw [W]\n", ", 70.00", "fewer than two powers at different times"],
])("%s is no energy, and says why", (_, header, cells, reason) => {
  const [gpu] = statisticsOf(`${header}${at(0)}, GPU-a${cells}\n`);
  expect(gpu).toMatchObject({ energyJoules: undefined, coverage: undefined, reason });
});

test("without time stamps there is power, and no energy", () => {
  const [gpu] = statisticsOf("uuid, power.draw [W]\nGPU-a, 70.00\nGPU-a, 80.00\n");
  expect(gpu).toMatchObject({ samples: 2, powerWatts: { avg: 75, min: 70, max: 80 }, reason: "no column timestamp" });
});

test("as JSON every absent value is null", () => {
  const document = queryStatisticsToJson(statisticsOf("index, power.draw [W]\n0, [N/A]\n"));
  expect(document).toEqual({
    kind: "nvidia-smi",
    gpus: [
      {
        index: 0,
        uuid: null,
        name: null,
        samples: 0,
        power_column: null,
        energy_joules: null,
        uncertainty_joules: null,
        duration_seconds: null,
        coverage: null,
        clock_steps: 0,
        power_watts: null,
        temperature_celsius: null,
        utilization_percent: null,
        reason: 'nvidia-smi printed "[N/A]" for the power',
      },
    ],
  });
});
