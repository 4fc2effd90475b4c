import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { checkMetric } from "../src/compile-metric.ts";
import { MetricPatterns } from "../src/metric-pattern.ts";
import { metricSetNames, metricSets } from "../src/metric-sets.ts";
import { type LogScan, scanLog } from "../src/scan-log.ts";

const scan = (set: keyof typeof metricSets, log: string): Promise<LogScan> =>
  scanLog(readFileSync(new URL(`fixtures/logs/synthetic-${log}.log`, import.meta.url), "utf8"), {
    metrics: metricSets[set],
  });

const found = ({ metrics }: LogScan): Record<string, number | undefined> =>
  Object.fromEntries(metrics.flatMap(({ name, outcome, value }) => (outcome === "found" ? [[name, value]] : [])));

const series = ({ metrics }: LogScan, metric: string): readonly (readonly [number | undefined, number | undefined])[] =>
  metrics.find(({ name }) => name === metric)?.series?.points.map(({ x, value }) => [x, value] as const) ?? [];

describe("a set finds what its framework prints", () => {
  test.each([
    ["keras", "keras-3", { loss: 0.1003, accuracy: 0.9702, val_loss: 0.0871, val_accuracy: 0.9738 }],
    ["keras", "keras-2", { loss: 0.0984, accuracy: 0.9704, val_loss: 0.1015, val_accuracy: 0.9691 }],
    [
      "lightning",
      "lightning",
      {
        train_loss: 0.0517,
        val_loss: 0.0936,
        val_acc: 0.9714,
        test_acc: 0.9761000275611877,
        test_loss: 0.08013153076171875,
      },
    ],
    ["lightning", "lightning-rich", { test_acc: 0.9685999751091003, test_loss: 0.1012345626950264 }],
    [
      "huggingface",
      "huggingface",
      {
        loss: 0.2871,
        train_loss: 0.3312,
        train_runtime: 193.4121,
        train_samples_per_second: 37.93,
        eval_loss: 0.5391,
        eval_accuracy: 0.8456,
        eval_f1: 0.8927,
        eval_samples_per_second: 127.421,
      },
    ],
    [
      "huggingface",
      "huggingface-5",
      {
        loss: 0.5123,
        train_loss: 0.3312,
        train_runtime: 193.4,
        train_samples_per_second: 37.93,
        eval_loss: 0.4212,
        eval_accuracy: 0.8137,
      },
    ],
    [
      "ultralytics",
      "ultralytics",
      {
        box_loss: 1.114,
        cls_loss: 1.301,
        dfl_loss: 1.178,
        precision: 0.686,
        recall: 0.551,
        map50: 0.622,
        map50_95: 0.46,
      },
    ],
    ["ultralytics", "ultralytics-classify", { top1_accuracy: 0.713, top5_accuracy: 0.942 }],
    ["plain", "pytorch-mnist", { test_loss: 0.0262, accuracy: 0.983 }],
    ["plain", "plain", { train_loss: 0.41, val_loss: 0.52, val_accuracy: 0.83, test_loss: 0.49, test_accuracy: 84.2 }],
  ] as const)("%s in %s", async (set, log, expected) => {
    expect(found(await scan(set, log))).toEqual(expected);
  });
});

describe("a set gives series by epoch", () => {
  test.each([
    ["keras", "keras-3", "val_loss", [1, 0.1428, 2, 0.1012, 3, 0.0871]],
    ["lightning", "lightning", "val_acc", [0, 0.956, 1, 0.9671, 2, 0.9714]],
    ["huggingface", "huggingface-5", "eval_loss", [1, 0.4212]],
    ["ultralytics", "ultralytics", "box_loss", [1, 1.153, 2, 1.114]],
    ["plain", "plain", "val_loss", [1, 0.8, 2, undefined, 3, 0.52]],
  ] as const)("%s in %s: %s", async (set, log, metric, expected) => {
    expect(series(await scan(set, log), metric).flat()).toEqual(expected);
  });

  it("with the time of their lines", async () => {
    const { metrics } = await scan("plain", "plain");
    expect(metrics.find(({ name }) => name === "val_loss")?.series?.points[0]?.time).toBe("2026-11-24T10:00:01.120");
  });
});

test("the percentage of a log keeps its unit", async () => {
  const { metrics } = await scan("plain", "plain");
  expect(metrics.find(({ name }) => name === "test_accuracy")).toMatchObject({ unit: "%", printed: "percent" });
});

describe("every set", () => {
  test.each(metricSetNames)("%s is valid and safe", async (name) => {
    expect(MetricPatterns.parse(metricSets[name])).toEqual(metricSets[name]);
    for (const [metric, pattern] of Object.entries(metricSets[name])) await checkMetric(metric, pattern);
  });

  it("has a name", () => {
    expect([...metricSetNames].sort()).toEqual(Object.keys(metricSets).sort());
  });
});
