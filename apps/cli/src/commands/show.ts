import { findRecord } from "@ea/records";
import { configError } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { findRow } from "../row/find-row.ts";
import { recordText } from "../row/record-text.ts";
import type { ShowFlags } from "../row/row-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea show`: everything that the record of one run says. */
export async function show(flags: ShowFlags, terminal: Terminal): Promise<number> {
  const directory = findRow(flags.id, flags.results, terminal);
  const record = await findRecord(directory);
  if (!record) {
    const message = "expected a record, found none: the run has not ended; ea log shows what it prints";
    throw configError([{ file: directory, path: "", message }]);
  }
  terminal.out(flags.json ? `${JSON.stringify(record, undefined, 2)}\n` : recordText(record, directory));
  return EXIT.ok;
}
