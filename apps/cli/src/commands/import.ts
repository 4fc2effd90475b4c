import { resolve } from "node:path";
import { importOriginal } from "@ea/exchange";
import { EXIT } from "../exit-codes.ts";
import type { ImportFlags } from "../import/import-options.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

/** `ea import`: the original's results into records. */
export async function importResults(flags: ImportFlags, terminal: Terminal): Promise<number> {
  const at = (path: string): string => resolve(terminal.workingDirectory, path);
  const report = await importOriginal({
    directory: at(flags.directory),
    results: at(flags.output),
    toolVersion: TOOL_VERSION,
    tables: flags.table?.map(at),
  });
  terminal.out(`${JSON.stringify(report, undefined, 2)}\n`);
  return EXIT.ok;
}
