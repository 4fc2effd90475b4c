import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { checkMetric } from "../src/compile-metric.ts";
import { MetricPatterns } from "../src/metric-pattern.ts";
import { metricSetNames, metricSets } from "../src/metric-sets.ts";
import { type LogScan, scanLog } from "../src/scan-log.ts";

const scan = (set: keyof typeof metricSets, log: string): Promise<LogScan> =>
  scanLog([readFileSync(new URL(`fixtures/logs/${log}.log`, import.meta.url))], { metrics: metricSets[set] });

const found = ({ metrics }: LogScan): Record<string, number | undefined> =>
  Object.fromEntries(metrics.flatMap(({ name, outcome, value }) => (outcome === "found" ? [[name, value]] : [])));

const series = ({ metrics }: LogScan, metric: string): readonly (readonly [number | undefined, number | undefined])[] =>
  metrics.find(({ name }) => name === metric)?.series?.points.map(({ x, value }) => [x, value] as const) ?? [];

const KERAS_3 = { loss: 1.8084, accuracy: 0.52, val_loss: 1.8084, val_accuracy: 0.52 };
const KERAS_2 = { loss: 1.8191, accuracy: 0.5422, val_loss: 1.8191, val_accuracy: 0.5422 };
const LIGHTNING = {
  train_loss: 0.293,
  val_loss: 0.26150673627853394,
  val_acc: 0.9444444179534912,
  test_loss: 0.28297853469848633,
  test_acc: 0.9256505370140076,
};
const HUGGINGFACE = { loss: 0.6231, train_loss: 0.6646, eval_loss: 0.6894, eval_accuracy: 0.5781, eval_f1: 0.5196 };
const PLAIN = { train_loss: 1.858, val_loss: 1.8644, val_accuracy: 0.441, test_loss: 1.8771, test_accuracy: 42.5 };

describe("a set finds what its framework prints", () => {
  test.each([
    ["keras", "keras-3.15-verbose-1", KERAS_3],
    ["keras", "keras-3.15-verbose-2", KERAS_3],
    ["keras", "keras-2.15-verbose-1", KERAS_2],
    ["keras", "keras-2.15-verbose-2", KERAS_2],
    ["lightning", "lightning-2.6", LIGHTNING],
    ["lightning", "lightning-2.6-rich", LIGHTNING],
    [
      "huggingface",
      "transformers-4.57",
      {
        ...HUGGINGFACE,
        train_runtime: 20.4724,
        train_samples_per_second: 93.785,
        eval_samples_per_second: 923.145,
      },
    ],
    [
      "huggingface",
      "transformers-5.24",
      {
        ...HUGGINGFACE,
        train_runtime: 3.608,
        train_samples_per_second: 532.115,
        eval_samples_per_second: 20013.678,
      },
    ],
    [
      "ultralytics",
      "ultralytics-8.3-detect",
      {
        box_loss: 1.515,
        cls_loss: 0.7572,
        dfl_loss: 1.28,
        precision: 1,
        recall: 0.655,
        map50: 0.767,
        map50_95: 0.419,
      },
    ],
    [
      "ultralytics",
      "ultralytics-8.4-detect",
      {
        box_loss: 1.401,
        cls_loss: 0.6905,
        dfl_loss: 1.164,
        precision: 0.0292,
        recall: 0.522,
        map50: 0.222,
        map50_95: 0.0845,
      },
    ],
    ["ultralytics", "ultralytics-8.3-classify", { loss: 2.112, top1_accuracy: 0.333, top5_accuracy: 0.967 }],
    ["ultralytics", "ultralytics-8.4-classify", { loss: 2.057, top1_accuracy: 0.3, top5_accuracy: 0.967 }],
    ["plain", "pytorch-mnist", { train_loss: 0.195634, test_loss: 0.2284, accuracy: 337 / 359 }],
    ["plain", "plain", PLAIN],
    ["plain", "plain-gb18030", PLAIN],
  ] as const)("%s in %s", async (set, log, expected) => {
    expect(found(await scan(set, log))).toEqual(expected);
  });
});

describe("a set gives series with one point for each epoch", () => {
  test.each([
    ["keras", "keras-3.15-verbose-1", "val_loss", [1, 2.1694, 2, 2.0006, 3, 1.8084]],
    ["keras", "keras-2.15-verbose-2", "val_accuracy", [1, 0.1778, 2, 0.3733, 3, 0.5422]],
    ["lightning", "lightning-2.6", "train_loss", [0, 1.27, 1, 0.57, 2, 0.293]],
    ["lightning", "lightning-2.6", "val_loss", [0, 1.16, 1, 0.456, 2, 0.262, undefined, LIGHTNING.val_loss]],
    ["lightning", "lightning-2.6-rich", "val_acc", [2, 0.944, undefined, LIGHTNING.val_acc]],
    [
      "huggingface",
      "transformers-4.57",
      "eval_loss",
      [1, 0.6879550814628601, 2, 0.6815788745880127, 3, 0.6893803477287292, undefined, 0.6894],
    ],
    [
      "huggingface",
      "transformers-5.24",
      "loss",
      [0.5, 0.6875, 1, 0.6934, 1.5, 0.6756, 2, 0.6616, 2.5, 0.6463, 3, 0.6231],
    ],
    ["ultralytics", "ultralytics-8.3-detect", "box_loss", [1, 5.686, 2, 4.13, 3, 2.93, 4, 2.03, 5, 1.661, 6, 1.515]],
    [
      "ultralytics",
      "ultralytics-8.4-detect",
      "map50_95",
      [1, 0, 2, 0, 3, 0, 4, 0.0845, 5, 0.00571, 6, 0.0000621, undefined, 0.0845, undefined, 0.0845],
    ],
    [
      "ultralytics",
      "ultralytics-8.4-classify",
      "top1_accuracy",
      [1, 0.111, 2, 0.133, 3, 0.267, 4, 0.256, 5, 0.3, 6, 0.3, undefined, 0.3, undefined, 0.3],
    ],
    ["plain", "pytorch-mnist", "train_loss", [1, 1.207271, 2, 0.32781, 3, 0.195634]],
    ["plain", "plain", "val_loss", [1, 2.2534, 2, 2.0739, 3, 1.8644]],
  ] as const)("%s in %s: %s", async (set, log, metric, expected) => {
    expect(series(await scan(set, log), metric).flat()).toEqual(expected);
  });

  it("with the time of their lines", async () => {
    const { metrics } = await scan("plain", "plain");
    expect(metrics.find(({ name }) => name === "val_loss")?.series?.points[0]?.time).toBe("2026-11-24T13:02:32.927");
  });
});

test("what a Chinese console printed is told", async () => {
  expect((await scan("plain", "plain-gb18030")).encoding).toEqual({ name: "utf-8", gb18030Lines: 64, unreadable: 0 });
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
