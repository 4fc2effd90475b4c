import { type CostBasis, costOf } from "@ea/analysis";
import type { AttemptJson, RecordJson } from "@ea/records";
import type { ReportData, WastedAttempts } from "./report-data.ts";

/** What led to nothing: attempts that did not end in a success, by why. */
export function wasteOf(records: readonly RecordJson[], basis: CostBasis): readonly WastedAttempts[] {
  const groups = new Map<string, AttemptJson[]>();
  for (const attempt of records.flatMap(({ attempts }) => attempts)) {
    if (attempt.status === "success") continue;
    const why = attempt.failure_class ?? attempt.status;
    groups.set(why, [...(groups.get(why) ?? []), attempt]);
  }
  return [...groups]
    .map(([failureClass, attempts]) => ({ failureClass, ...sumOf(attempts, basis) }))
    .sort((a, b) => (b.joules ?? 0) - (a.joules ?? 0) || b.seconds - a.seconds);
}

/** What all attempts together have taken, the wasted ones included. */
export function totalOf(records: readonly RecordJson[], basis: CostBasis): ReportData["total"] {
  const { attempts, seconds, joules } = sumOf(
    records.flatMap((record) => record.attempts),
    basis,
  );
  return { attempts, seconds, joules };
}

function sumOf(attempts: readonly AttemptJson[], basis: CostBasis): Omit<WastedAttempts, "failureClass"> {
  const costs = attempts.map(({ energy }) => costOf(energy, basis).joules);
  const known = costs.filter((joules) => joules !== null);
  return {
    attempts: attempts.length,
    seconds: attempts.reduce((sum, { duration_seconds }) => sum + (duration_seconds ?? 0), 0),
    joules: known.length > 0 ? known.reduce((sum, joules) => sum + joules, 0) : null,
    withoutEnergy: costs.length - known.length,
  };
}
