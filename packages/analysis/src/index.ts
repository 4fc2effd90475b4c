export { type Absent, isAbsent } from "./absent.ts";
export { type AuditRun, auditRun } from "./audit/audit-run.ts";
export { auditRuns } from "./audit/audit-runs.ts";
export { AUDIT_CODES, type AuditCode, type Finding } from "./audit/finding.ts";
export { THRESHOLDS, type ThresholdName, type Thresholds, thresholdsWith } from "./audit/thresholds.ts";
export { TraceCollector, type TraceFeatures } from "./audit/trace-features.ts";
export { commonMetric } from "./common-metric.ts";
export { byConfiguration, type ConfigurationRuns, type KeyedRecord, withKeys } from "./configuration-runs.ts";
export { basisText, type Cost, type CostBasis, costBasis, costOf } from "./cost-basis.ts";
export type { ComparedRegression, Effects, Explained, SingleEffect } from "./effects/effects.ts";
export type { Importance, Importances } from "./effects/permutation-importance.ts";
export type { Regression, Term } from "./effects/regression.ts";
export { termName, termText } from "./effects/term-text.ts";
export type { Front, FrontPoint } from "./front/front-of.ts";
export { type MeanDifference, meanDifference } from "./mean-difference.ts";
export { type Goal, metricGoal } from "./metric-goal.ts";
export { type Noise, type Variation } from "./noise/noise-floor.ts";
export { powerOf, repeatsNeeded } from "./noise/repeats-needed.ts";
export { type CostAndWorth, paretoFront } from "./pareto-front.ts";
export { type RelativeChange, relativeChange } from "./relative-change.ts";
export { type Sample, sampleOf } from "./sample.ts";
export { type Association, association, isBeyondChance } from "./statistics/association.ts";
export { studentT95 } from "./student-t.ts";
export {
  type AnalysisOptions,
  analyzeStudy,
  type GroupAnalysis,
  groupName,
  type StudyAnalysis,
} from "./study/analyze-study.ts";
export type { Drift } from "./study/drift.ts";
export type { Exclusion } from "./study/exclusions.ts";
export { keyedRuns } from "./study/keyed-runs.ts";
export { type Spent, spentOf, type Waste, wasteOf } from "./study/study-cost.ts";
export type { Outcome, StudyRun } from "./study/study-run.ts";
export type { StudyTotal } from "./study/study-total.ts";
export { cheapestWithin, type MetricDrop, type TradeOff, type TradeOffPoint, tradeOff } from "./trade-off.ts";
