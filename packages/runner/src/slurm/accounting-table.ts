import { join } from "node:path";
import { writeFileAtomically } from "@ea/records";
import { indicesText } from "./array-indices.ts";
import type { SessionTask } from "./standing.ts";
import { slurmDirectory } from "./submissions.ts";

const HEADER = "rows,job,index,state,exit_code,elapsed,node,consumed_energy_joules";

/**
 * Writes `slurm/accounting.csv`: what Slurm's own accounting says of each task. Its energy is the node's and of other
 * sensors: a cross-check beside the records, and never a part of them.
 *
 * @returns its path; `undefined` where there is no accounting.
 */
export async function writeAccounting(session: string, tasks: readonly SessionTask[]): Promise<string | undefined> {
  const lines = tasks.flatMap(({ rows, job, index, accounted }) => {
    if (!accounted) return [];
    const { state, exitCode, elapsed, node, consumedJoules } = accounted;
    const cells = [indicesText(rows), job, index, state, exitCode, elapsed, node, consumedJoules ?? ""];
    return [cells.map((cell) => cellText(String(cell))).join(",")];
  });
  if (lines.length === 0) return undefined;
  const path = join(slurmDirectory(session), "accounting.csv");
  await writeFileAtomically(path, [HEADER, ...lines, ""].join("\n"));
  return path;
}

function cellText(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
