import { probit, sampleRankCorrelation } from "simple-statistics";

/** How strongly a parameter and an outcome go together. */
export interface Association {
  /** `rho`: Spearman's rank correlation, −1 to 1; `eta`: correlation ratio of categories, 0 to 1. */
  readonly kind: "rho" | "eta";
  readonly value: number;
  readonly n: number;
  /** Different values of the parameter. */
  readonly levels: number;
}

/** Fewer pairs than that say nothing about a rank correlation. */
const FEWEST = 4;

/** Spearman's ρ of numbers, η of categories with an outcome; `undefined` with fewer than four pairs or where nothing varies. */
export function association(
  parameter: readonly (number | string)[],
  outcome: readonly number[],
): Association | undefined {
  const n = parameter.length;
  const levels = new Set(parameter).size;
  if (n < FEWEST || levels < 2 || new Set(outcome).size < 2) return undefined;
  const numbers = parameter.filter((value) => typeof value === "number");
  if (numbers.length === n)
    return { kind: "rho", value: Math.max(-1, Math.min(1, sampleRankCorrelation(numbers, [...outcome]))), n, levels };
  return { kind: "eta", value: correlationRatio(parameter.map(String), outcome), n, levels };
}

/** √ of the share of the outcome's variance that lies between categories. */
function correlationRatio(categories: readonly string[], outcome: readonly number[]): number {
  const total = average(outcome);
  const groups = new Map<string, number[]>();
  categories.forEach((category, index) => {
    const group = groups.get(category) ?? [];
    group.push(outcome[index] ?? total);
    groups.set(category, group);
  });
  const between = [...groups.values()].reduce((sum, group) => sum + group.length * (average(group) - total) ** 2, 0);
  const all = outcome.reduce((sum, value) => sum + (value - total) ** 2, 0);
  return Math.sqrt(between / all);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Whether chance alone gives so much in less than one of twenty looks, when `looks` parameters are looked at (Bonferroni;
 * normal approximations of ρ and of the χ² of η).
 */
export function isBeyondChance({ kind, value, n, levels }: Association, looks: number): boolean {
  const z = probit(1 - 0.025 / Math.max(1, looks));
  if (kind === "rho") return Math.abs(value) * Math.sqrt(n - 1) > z;
  const freedom = levels - 1;
  return (n - 1) * value ** 2 > freedom + z * Math.sqrt(2 * freedom);
}
