import type { Plan, PlanRow } from "@ea/records";
import { configError } from "./errors.ts";
import { renamePlan } from "./make-plan.ts";

/**
 * A longer plan whose first rows are those that stand: what is drawn first stays first, and what is new comes after it.
 *
 * @param longer the plan as it is made anew for more runs.
 * @throws {RunnerError} `CONFIG` when it lacks a configuration of the standing rows.
 */
export function extendRows(standing: readonly PlanRow[], longer: Plan): Plan {
  const known = new Map(standing.map((row) => [identityOf(row), row]));
  const fresh = longer.rows.filter((row) => !known.has(identityOf(row)));
  const missing = standing.length + fresh.length - longer.rows.length;
  if (missing > 0) {
    const message = `expected at least as many as planned: ${longer.rows.length} rows would lack ${missing} of the ${standing.length} that stand`;
    throw configError([{ file: undefined, path: "--runs", message }]);
  }
  const rows = [...standing, ...fresh.map((row, index) => ({ ...row, row: standing.length + index }))];
  const renumbered = renamePlan({ ...longer, rows }, longer.session);
  return { ...renumbered, rows: [...standing, ...renumbered.rows.slice(standing.length)] };
}

/** The same configuration of the same experiment, repeated the same time. */
function identityOf({ experiment, key, repetition }: PlanRow): string {
  return JSON.stringify([experiment, key, repetition]);
}
