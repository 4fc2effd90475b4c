import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "EnergyError",
      "GAP_FACTOR",
      "MIN_COVERAGE",
      "QuantityJson",
      "addQuantities",
      "checkQuantity",
      "combineUncertainty",
      "counterDifference",
      "energyMetrics",
      "epochsOf",
      "gpuTelemetry",
      "idleBaseline",
      "integratePower",
      "isEpochs",
      "netEnergy",
      "powerIntegrator",
      "powerQuantity",
      "powerTracker",
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
