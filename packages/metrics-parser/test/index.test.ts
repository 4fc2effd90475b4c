import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "MetricAggregation",
      "MetricPattern",
      "MetricPatterns",
      "MetricsParserError",
      "checkMetric",
      "checkPythonRegex",
      "columnStatistics",
      "compilePythonRegex",
      "energyTables",
      "metricPatternKeys",
      "metricSetNames",
      "metricSets",
      "scanLog",
    ]
  `);
});
