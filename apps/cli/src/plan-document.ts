import { type Plan, planRowToJson, planToJson } from "@ea/records";
import type { PlanEstimate } from "@ea/runner";

/** A plan for programs, in pieces: the document of `--dry-run --json`. */
export function* planDocument(plan: Plan, estimate: PlanEstimate | undefined): Generator<string, void> {
  const document = JSON.stringify({ ...planToJson(plan), estimate: estimateToJson(estimate), rows: [] }, undefined, 2);
  yield document.slice(0, -"]\n}".length);
  for (const [index, row] of plan.rows.entries()) {
    const text = JSON.stringify(planRowToJson(row), undefined, 2).replaceAll("\n", "\n    ");
    yield `${index === 0 ? "" : ","}\n    ${text}`;
  }
  yield plan.rows.length > 0 ? "\n  ]\n}\n" : "]\n}\n";
}

function estimateToJson(estimate: PlanEstimate | undefined): Record<string, unknown> | null {
  if (!estimate) return null;
  const { runs, earlierRuns, trainingSeconds, restSeconds, joules } = estimate;
  return {
    runs,
    earlier_runs: earlierRuns,
    training_seconds: trainingSeconds,
    rest_seconds: restSeconds,
    energy_joules: joules,
  };
}
