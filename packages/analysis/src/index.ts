export { byConfiguration, type ConfigurationRuns, type KeyedRecord, withKeys } from "./configuration-runs.ts";
export { basisText, type Cost, type CostBasis, costBasis, costOf } from "./cost-basis.ts";
export { type MeanDifference, meanDifference } from "./mean-difference.ts";
export { type Goal, metricGoal } from "./metric-goal.ts";
export { type CostAndWorth, paretoFront } from "./pareto-front.ts";
export { type RelativeChange, relativeChange } from "./relative-change.ts";
export { type Sample, sampleOf } from "./sample.ts";
export { studentT95 } from "./student-t.ts";
export { cheapestWithin, type MetricDrop, type TradeOff, type TradeOffPoint, tradeOff } from "./trade-off.ts";
