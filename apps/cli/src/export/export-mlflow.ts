import { basename } from "node:path";
import { mlflowExport } from "@ea/exchange";
import { recordsOf } from "@ea/records";
import type { ExportFlags } from "../table-options.ts";
import type { Terminal } from "../terminal.ts";
import { refused } from "./export-request.ts";

/** `ea export mlflow`: records as runs of a tracking server. */
export async function exportMlflow(
  directories: readonly string[],
  flags: ExportFlags,
  { environment, out }: Terminal,
): Promise<void> {
  const url = flags.url ?? environment["MLFLOW_TRACKING_URI"];
  if (!url) throw refused("--url", "expected the address of a tracking server, here or in MLFLOW_TRACKING_URI");
  const sessions = directories.map((directory) => ({
    session: basename(directory),
    records: recordsOf([directory]),
    experiment: flags.experiment,
  }));
  const { created, replaced, unchanged } = await mlflowExport(sessions, {
    url,
    token: environment["MLFLOW_TRACKING_TOKEN"],
    username: environment["MLFLOW_TRACKING_USERNAME"],
    password: environment["MLFLOW_TRACKING_PASSWORD"],
  });
  out(`${created} runs created, ${replaced} replaced, ${unchanged} unchanged\n`);
}
