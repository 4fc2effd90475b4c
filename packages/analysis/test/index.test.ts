import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "AUDIT_CODES",
      "THRESHOLDS",
      "TraceCollector",
      "analyzeStudy",
      "association",
      "auditRun",
      "auditRuns",
      "basisText",
      "byConfiguration",
      "cheapestWithin",
      "commonMetric",
      "costBasis",
      "costOf",
      "groupName",
      "isAbsent",
      "isBeyondChance",
      "keyedRuns",
      "meanDifference",
      "metricGoal",
      "paretoFront",
      "powerOf",
      "relativeChange",
      "repeatsNeeded",
      "sampleOf",
      "spentOf",
      "studentT95",
      "termName",
      "termText",
      "thresholdsWith",
      "tradeOff",
      "wasteOf",
      "withKeys",
    ]
  `);
});
