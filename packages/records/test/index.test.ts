import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "AttemptJson",
      "EnergyMetricsJson",
      "EnvironmentJson",
      "FailureClass",
      "Flag",
      "MetricJson",
      "MetricsFileJson",
      "ParameterValue",
      "PlanRowJson",
      "RecordJson",
      "RecordsError",
      "SCHEMA_VERSION",
      "attemptToJson",
      "createSessionDirectory",
      "energyMetricsToJson",
      "environmentToJson",
      "isoWithOffset",
      "outcomeToJson",
      "planRowToJson",
      "planToJson",
      "readMetrics",
      "readRecord",
      "readRecords",
      "rebuildSummary",
      "rowName",
      "safeName",
      "sessionName",
      "summaryCsv",
      "toJsonText",
      "withMetrics",
      "writeFileAtomically",
      "writeMetrics",
      "writePlan",
      "writeRecord",
    ]
  `);
});
