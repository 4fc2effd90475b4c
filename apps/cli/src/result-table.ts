import { eachRecord, type RecordJson, readRecord } from "@ea/records";
import type { SessionResult } from "@ea/runner";
import { missingEnergies } from "./missing-energies.ts";
import { recordTable } from "./record-table.ts";

/** Prints the table at the end of a session, why energies are missing, and where everything is. */
export async function printResults(result: SessionResult, out: (text: string) => void): Promise<void> {
  const { planned, completed, failed, suspect, directory, summary } = result;
  const missing = planned - completed - failed - suspect;
  const counts = [
    `${completed} of ${planned} runs succeeded`,
    failed && `${failed} failed`,
    suspect && `${suspect} suspect`,
    missing && `${missing} not finished`,
  ];
  const records = recordTable();
  const energies = missingEnergies();
  for await (const record of recordsOf(result)) {
    records.add(record);
    energies.add(record);
  }
  const header = records.header();
  if (header !== "") {
    out(header);
    for await (const record of recordsOf(result, { isChecked: true })) out(records.line(record));
    out("\n");
  }
  out(
    `${counts.filter(Boolean).join(", ")}\n${energies.text()}Records:  ${directory}\n${summary === undefined ? "" : `Summary:  ${summary}\n`}`,
  );
}

/** Of all rows, or of the part that was asked for. */
async function* recordsOf(
  { directory, summary, records }: SessionResult,
  options: { readonly isChecked?: boolean } = {},
): AsyncGenerator<RecordJson, void> {
  if (summary !== undefined) yield* eachRecord(directory, options);
  else for (const path of records) yield await readRecord(path);
}
