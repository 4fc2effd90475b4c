import type { AttemptJson, RecordJson } from "@ea/records";
import { type CostBasis, costOf } from "../cost-basis.ts";

/** What attempts have taken. */
export interface Spent {
  readonly attempts: number;
  readonly seconds: number;
  /** Of those that have an energy on the basis; `null` when none has. */
  readonly joules: number | null;
  /** Attempts without one. */
  readonly withoutEnergy: number;
}

/** Attempts that led to nothing, by why. */
export interface Waste extends Spent {
  /** Failure class; the status where there is none. */
  readonly failureClass: string;
}

/** What led to nothing: attempts that did not end in a success, by why; the costliest first. */
export function wasteOf(records: readonly RecordJson[], basis: CostBasis): readonly Waste[] {
  const groups = new Map<string, AttemptJson[]>();
  for (const attempt of records.flatMap(({ attempts }) => attempts)) {
    if (attempt.status === "success") continue;
    const why = attempt.failure_class ?? attempt.status;
    groups.set(why, [...(groups.get(why) ?? []), attempt]);
  }
  return [...groups]
    .map(([failureClass, attempts]) => ({ failureClass, ...spentOn(attempts, basis) }))
    .sort((a, b) => (b.joules ?? 0) - (a.joules ?? 0) || b.seconds - a.seconds);
}

/** What all attempts of records have taken, those that led to nothing included. */
export function spentOf(records: readonly RecordJson[], basis: CostBasis): Spent {
  return spentOn(
    records.flatMap(({ attempts }) => attempts),
    basis,
  );
}

function spentOn(attempts: readonly AttemptJson[], basis: CostBasis): Spent {
  const costs = attempts.map(({ energy }) => costOf(energy, basis).joules);
  const known = costs.filter((joules) => joules !== null);
  return {
    attempts: attempts.length,
    seconds: attempts.reduce((sum, { duration_seconds }) => sum + (duration_seconds ?? 0), 0),
    joules: known.length > 0 ? known.reduce((sum, joules) => sum + joules, 0) : null,
    withoutEnergy: costs.length - known.length,
  };
}
