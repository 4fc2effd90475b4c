export {
  type Attempt,
  AttemptJson,
  attemptToJson,
  EnergyMetricsJson,
  energyMetricsToJson,
  FailureClass,
} from "./attempt.ts";
export {
  BackgroundJson,
  type BackgroundLoad,
  BackgroundLoadJson,
  backgroundToJson,
  type WorkingCopyState,
} from "./background.ts";
export { ClaimJson, claimHolder, claimRow, type RowClaim } from "./claim.ts";
export { type Environment, EnvironmentJson, environmentToJson } from "./environment.ts";
export { RecordsError, type RecordsErrorCode } from "./errors.ts";
export { type EventLog, openEventLog, readEventLog } from "./event-log.ts";
export { Flag } from "./flag.ts";
export { ImportedJson, PublishedJson } from "./imported.ts";
export { MetricJson } from "./metric.ts";
export { MetricsFileJson, readMetrics, withMetrics, writeMetrics } from "./metrics-file.ts";
export { isoWithOffset, rowName, safeName, sessionName } from "./names.ts";
export { ParameterValue } from "./parameter-value.ts";
export {
  type Plan,
  type PlanExperiment,
  PlanJson,
  type PlanRow,
  PlanRowJson,
  planRowToJson,
  planToJson,
} from "./plan.ts";
export {
  extendPlan,
  type PlanPart,
  type RowRange,
  readPlan,
  readPlanJson,
  readPlanPart,
  writePlan,
} from "./plan-files.ts";
export { type PlannedBackground, PlannedBackgroundJson, WORKING_COPIES } from "./planned-background.ts";
export { type Outcome, outcomeToJson, RecordJson, recordOfAttempts } from "./record.ts";
export {
  eachRecord,
  findRecord,
  readAttempt,
  readRecord,
  readRecords,
  recordPath,
  retiredRecords,
  retireRecord,
  writeRecord,
} from "./record-files.ts";
export { SCHEMA_VERSION } from "./schema-version.ts";
export { createSessionDirectory } from "./session-directory.ts";
export { readStatus, StatusJson, writeStatus } from "./status.ts";
export { isStopRequested, requestStop, withdrawStop } from "./stop-request.ts";
export { type ColumnCollector, columnCollector, type TableRow, type TableShape, tableRows } from "./table-rows.ts";
export {
  rebuildSummary,
  recordsOf,
  type SummaryReaders,
  type TableFormat,
  type TableOptions,
  tableText,
} from "./table-text.ts";
export { createFile, toJsonText, writeFileAtomically } from "./write-file.ts";
