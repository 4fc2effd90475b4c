import { readFile } from "node:fs/promises";
import type { Plan, PlanRow } from "@ea/records";
import { hashText } from "./hash.ts";
import { type PastRun, pastRuns } from "./past-runs.ts";
import { estimatePlan, type PlanEstimate } from "./plan-estimate.ts";
import type { TrainingScript } from "./training-script.ts";

/** Estimates a plan by the earlier runs in a results directory; `undefined` when there are none of its models. */
export async function estimateSession(
  plan: Pick<Plan, "rows" | "policies">,
  { results, scripts }: { readonly results: string; readonly scripts: ReadonlyMap<string, TrainingScript> },
): Promise<PlanEstimate | undefined> {
  const kindOf = ({ repository, model, background }: PlanRow): string =>
    JSON.stringify([repository, model, background?.key]);
  const past = new Map<string, readonly PastRun[]>();
  for (const row of plan.rows) {
    const kind = kindOf(row);
    if (past.has(kind)) continue;
    const script = scripts.get(row.repository);
    const scriptSha256 = script ? await readFile(script.script).then(hashText, () => null) : null;
    past.set(kind, await pastRuns(results, { ...row, scriptSha256 }));
  }
  return estimatePlan(plan, (row) => past.get(kindOf(row)) ?? []);
}
