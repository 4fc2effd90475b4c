import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "EnergyError",
      "GAP_FACTOR",
      "QuantityJson",
      "checkQuantity",
      "cleanSeries",
      "clipSeries",
      "combineUncertainty",
      "counterDifference",
      "energyMetrics",
      "gpuTelemetry",
      "integratePower",
      "medianIntervalMs",
      "quantityFromJson",
      "quantityToJson",
      "readingQueue",
      "rectangular",
      "stopOnce",
      "totalJoules",
      "unavailable",
      "unavailableMetering",
    ]
  `);
});
