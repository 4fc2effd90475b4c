import { resolve } from "node:path";
import { tableText, writeFileAtomically } from "@ea/records";
import { EXIT } from "../exit-codes.ts";
import { exportOptuna, exportParquet, exportPrometheus, exportWandb } from "../export/export-files.ts";
import { exportMlflow } from "../export/export-mlflow.ts";
import { checkExportFlags, outputPath } from "../export/export-request.ts";
import { printPieces } from "../print-pieces.ts";
import { sessionPath } from "../session/session-path.ts";
import type { ExportFlags } from "../table-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea export`: the records of sessions in a format of somebody else. */
export async function exportRecords(flags: ExportFlags, terminal: Terminal): Promise<number> {
  checkExportFlags(flags);
  const directories = flags.sessions.map((session) => sessionPath(session, flags.results, terminal));
  const path = (): string => outputPath(flags, terminal.workingDirectory);
  switch (flags.format) {
    case "parquet":
      await exportParquet(directories, path(), flags);
      break;
    case "optuna":
      await exportOptuna(directories, path(), flags);
      break;
    case "prometheus":
      await exportPrometheus(directories, path());
      break;
    case "wandb":
      await exportWandb(directories, path(), flags);
      break;
    case "mlflow":
      await exportMlflow(directories, flags, terminal);
      break;
    case "csv":
    case "jsonl": {
      const text = tableText(directories, { shape: flags.tidy ? "tidy" : "wide", format: flags.format });
      if (flags.output === undefined) await printPieces(text, terminal);
      else await writeFileAtomically(resolve(terminal.workingDirectory, flags.output), text);
      break;
    }
  }
  return EXIT.ok;
}
