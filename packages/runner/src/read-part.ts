import { type PlanPart, type RowRange, readPlanPart } from "@ea/records";

/** So many rows before a part are looked at for what is plausible. */
const EARLIER = 32;

/**
 * Reads the rows of a plan that one process is to execute, and a few before them.
 *
 * @throws {RecordsError} `BAD_PLAN` when there are no such rows.
 */
export function readPart(directory: string, rows: RowRange): Promise<PlanPart> {
  return readPlanPart(directory, rows, { earlier: EARLIER });
}
