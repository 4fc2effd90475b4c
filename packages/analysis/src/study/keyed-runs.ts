import type { PlanRow, RecordJson } from "@ea/records";
import { isSeed, type StudyRun } from "./study-run.ts";

/**
 * Records with what is equal for those that differ in nothing but repetition and seed: the key that the plan has for their
 * rows; of rows that no plan has, their parameters without the seed.
 */
export function keyedRuns(
  session: string,
  records: readonly RecordJson[],
  rows: readonly Pick<PlanRow, "experimentId" | "key">[],
): readonly StudyRun[] {
  const keys = new Map(rows.map(({ experimentId, key }) => [experimentId, key]));
  return records.map((record) => ({ record, session, key: keys.get(record.experiment_id) ?? keyOf(record) }));
}

function keyOf({ hyperparameters }: RecordJson): string {
  const entries = Object.entries(hyperparameters).filter(([name]) => !isSeed(name));
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
