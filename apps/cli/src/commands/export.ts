import { resolve } from "node:path";
import { tableText, writeFileAtomically } from "@ea/records";
import { configError } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { printPieces } from "../print-pieces.ts";
import { sessionPath } from "../session/session-path.ts";
import type { ExportFlags } from "../table-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea export`: the records of sessions as one table. */
export async function exportTable(flags: ExportFlags, terminal: Terminal): Promise<number> {
  if (flags.wide && flags.tidy) {
    throw configError([{ file: undefined, path: "--tidy", message: "expected not both --wide and --tidy" }]);
  }
  const directories = flags.sessions.map((session) => sessionPath(session, flags.results, terminal));
  const text = tableText(directories, { shape: flags.tidy ? "tidy" : "wide", format: flags.format });
  if (flags.output === undefined) await printPieces(text, terminal);
  else await writeFileAtomically(resolve(terminal.workingDirectory, flags.output), text);
  return EXIT.ok;
}
