import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "ColumnAccumulator",
      "FAILURE_PATTERNS",
      "MetricAggregation",
      "MetricPattern",
      "MetricPatterns",
      "MetricsParserError",
      "TimeSeries",
      "checkMetric",
      "checkPythonRegex",
      "columnStatistics",
      "compilePythonRegex",
      "energyTables",
      "followFile",
      "metricPatternKeys",
      "metricSetNames",
      "metricSets",
      "metricsToJson",
      "readTable",
      "scanLog",
      "unzipped",
    ]
  `);
});
