import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "AUDIT_CODES",
      "THRESHOLDS",
      "TraceCollector",
      "auditRun",
      "auditRuns",
      "basisText",
      "byConfiguration",
      "cheapestWithin",
      "commonMetric",
      "costBasis",
      "costOf",
      "meanDifference",
      "metricGoal",
      "paretoFront",
      "relativeChange",
      "sampleOf",
      "studentT95",
      "thresholdsWith",
      "tradeOff",
      "withKeys",
    ]
  `);
});
