export {
  type Attempt,
  AttemptJson,
  attemptToJson,
  EnergyMetricsJson,
  energyMetricsToJson,
  FailureClass,
} from "./attempt.ts";
export { type Environment, EnvironmentJson, environmentToJson } from "./environment.ts";
export { RecordsError, type RecordsErrorCode } from "./errors.ts";
export { Flag } from "./flag.ts";
export { MetricJson } from "./metric.ts";
export { MetricsFileJson, readMetrics, withMetrics, writeMetrics } from "./metrics-file.ts";
export { isoWithOffset, rowName, safeName, sessionName } from "./names.ts";
export {
  ParameterValue,
  type Plan,
  type PlanExperiment,
  type PlanRow,
  PlanRowJson,
  planRowToJson,
  planToJson,
  SCHEMA_VERSION,
} from "./plan.ts";
export { type Outcome, outcomeToJson, RecordJson } from "./record.ts";
export {
  createSessionDirectory,
  readRecord,
  readRecords,
  rebuildSummary,
  writePlan,
  writeRecord,
} from "./session-directory.ts";
export { summaryCsv } from "./summary.ts";
export { toJsonText, writeFileAtomically } from "./write-file.ts";
