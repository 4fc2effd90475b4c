import { metricGoal } from "../metric-goal.ts";
import { type AuditRun, claimsSuccess, modelOf } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy, quantile } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** Metrics between 0 and 1, or 0 and 100 as a percentage, by their names. */
const RATIO = /accuracy|acc$|precision|recall|f1|auc|map$|rank_?\d|top_?\d|iou|dice/i;

/** What a training that went well reaches. */
const WELL_QUANTILE = 0.9;

/** Metrics that are not what their name says, that are missing, or that tell of a training that did not learn. */
export function metricSanity(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  return groupBy(runs.filter(claimsSuccess), modelOf).flatMap((model) => {
    const names = [...new Set(model.flatMap(({ metrics }) => Object.keys(metrics)))];
    return [
      ...names.filter((name) => RATIO.test(name)).flatMap((name) => ratios(model, name)),
      ...names.flatMap((name) => collapsed(model, name, thresholds)),
      ...missing(model, names, thresholds),
    ];
  });
}

function valuesOf(runs: readonly AuditRun[], name: string): readonly { run: AuditRun; value: number }[] {
  return runs.flatMap((run) => {
    const value = run.metrics[name];
    return value === undefined ? [] : [{ run, value }];
  });
}

function ratios(model: readonly AuditRun[], name: string): readonly Finding[] {
  const values = valuesOf(model, name);
  const inside = values.filter(({ value }) => value >= 0 && value <= 100);
  const fractions = inside.filter(({ value }) => value <= 1);
  const percents = inside.filter(({ value }) => value > 1);
  const odd = fractions.length < percents.length ? fractions : percents;
  return values.flatMap(({ run, value }) => {
    const evidence = { metric: name, value };
    if (Number.isInteger(value) && value > 100) {
      return [finding(run, "metric-is-count", "warning", `${name} ${value} is a count, not a ratio`, evidence)];
    }
    if (value < 0 || value > 100) {
      return [
        finding(run, "metric-out-of-range", "warning", `${name} ${value} is no ratio and no percentage`, evidence),
      ];
    }
    if (value === 0 || odd.length === inside.length || !odd.some((each) => each.run === run)) return [];
    const [is, others] = value <= 1 ? ["a fraction", "percentages"] : ["a percentage", "fractions"];
    return [
      finding(
        run,
        "unit-mistake",
        "warning",
        `${name} ${value} is ${is}, most runs of its model have ${others}`,
        evidence,
      ),
    ];
  });
}

function collapsed(
  model: readonly AuditRun[],
  name: string,
  { collapsedShare, minPeers }: Thresholds,
): readonly Finding[] {
  const values = valuesOf(model, name).filter(({ value }) => value >= 0 && value <= 100);
  const well = quantile(
    values.map(({ value }) => value),
    WELL_QUANTILE,
  );
  if (metricGoal(name) !== "max" || well === undefined || values.length <= minPeers || !RATIO.test(name)) return [];
  const scale = (value: number): number => (value <= 1 && well > 1 ? 100 * value : value);
  return values.flatMap(({ run, value }) => {
    if (scale(value) >= collapsedShare * well) return [];
    const text = `the training did not learn: ${name} ${value.toPrecision(3)}, others of its model reach ${well.toPrecision(3)}`;
    return [finding(run, "collapsed-training", "warning", text, { metric: name, value, others_reach: well })];
  });
}

function missing(
  model: readonly AuditRun[],
  names: readonly string[],
  { minPeers, peerMetricShare }: Thresholds,
): readonly Finding[] {
  const measured = model.filter(({ metrics }) => Object.keys(metrics).length > 0);
  if (measured.length < minPeers) return [];
  const usual = names.filter((name) => valuesOf(measured, name).length >= peerMetricShare * measured.length);
  return model.flatMap((run) => {
    const lacks = usual.filter((name) => run.metrics[name] === undefined);
    if (lacks.length === 0) return [];
    const text = `called a success without ${lacks.join(", ")}, which most runs of its model have`;
    return [finding(run, "metric-missing", "warning", text, { metrics: lacks })];
  });
}
