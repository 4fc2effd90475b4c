import { expect, test } from "vitest";
import { differencesOf } from "../../src/original/differences.ts";
import { publishedRecord, readOriginalRecord } from "../../src/original/original-record.ts";
import { soloRecord } from "./original-files.ts";

const published = publishedRecord(readOriginalRecord(soloRecord("x")), "x/experiment.json");
const found = {
  duration_seconds: 101.3,
  energy_metrics: { ...published.energy_metrics, gpu_energy_total_joules: 10_000, gpu_temp_avg_celsius: 61 },
  performance_metrics: { test_accuracy: 0.9478, test_loss: 0.1544, other: 1 },
};

test("what differs is told per published entry, in our unit, and what is the same or not published is not", () => {
  const half = { ...published, duration_seconds: 0 };
  const differences = differencesOf(found, [published, half], (_, value) => value / (value > 1 ? 100 : 1));
  expect(
    differences.map(({ published: at, field, published_value, value }) => [at, field, published_value, value]),
  ).toEqual([
    [0, "energy_metrics.gpu_energy_total_joules", 9000, 10_000],
    [0, "performance_metrics.test_accuracy", 0.95, 0.9478],
    [1, "duration_seconds", 0, 101.3],
    [1, "energy_metrics.gpu_energy_total_joules", 9000, 10_000],
    [1, "performance_metrics.test_accuracy", 0.95, 0.9478],
  ]);
  expect(differences[0]?.relative).toBeCloseTo(1 / 9, 12);
  expect(differences[2]?.relative).toBeNull();
});
