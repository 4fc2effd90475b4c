import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "ColumnAccumulator",
      "MetricPattern",
      "MetricPatterns",
      "MetricsParserError",
      "TimeSeries",
      "columnStatistics",
      "compilePythonRegex",
      "energyTables",
      "followFile",
      "scanLog",
    ]
  `);
});
