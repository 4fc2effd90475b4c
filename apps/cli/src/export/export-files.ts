import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { optunaJournal, parquetTable, prometheusText, WANDB_SCRIPT, wandbLine } from "@ea/exchange";
import { readPlan, readRecords, readStatus, recordsOf, writeFileAtomically } from "@ea/records";
import type { ExportFlags } from "../table-options.ts";
import { metricRequest } from "../trade/best-request.ts";
import { refused } from "./export-request.ts";
import { remainingSeconds } from "./remaining-seconds.ts";

type Directories = readonly string[];

/** `ea export parquet`. */
export async function exportParquet(directories: Directories, path: string, flags: ExportFlags): Promise<void> {
  await writeFileAtomically(path, await parquetTable(directories, flags.tidy ? "tidy" : "wide"));
}

/** `ea export optuna`: a new journal; one of before is replaced. */
export async function exportOptuna(directories: Directories, path: string, { metric }: ExportFlags): Promise<void> {
  const sessions = [];
  for (const directory of directories) {
    sessions.push({ plan: await readPlan(directory), records: await readRecords(directory) });
  }
  const lines = [...optunaJournal(sessions, { metric: metric === undefined ? undefined : metricRequest(metric) })];
  await writeFileAtomically(path, lines.join(""));
}

/** `ea export prometheus`: a textfile of node_exporter, which may read it at any moment. */
export async function exportPrometheus(directories: Directories, path: string): Promise<void> {
  const statuses = await Promise.all(
    directories.map(async (directory) => {
      const status = await readStatus(directory);
      const isAtWork = status.state === "running" || status.state === "sleeping";
      const etaSeconds = isAtWork ? remainingSeconds(await readRecords(directory), status) : undefined;
      return { ...status, etaSeconds };
    }),
  );
  await writeFileAtomically(
    path,
    await prometheusText({ records: recordsOf(directories), statuses, nowMs: Date.now() }),
  );
}

/** `ea export wandb`: lines, and beside them the script that makes runs of them. */
export async function exportWandb(directories: Directories, path: string, { experiment }: ExportFlags): Promise<void> {
  const script = `${path}.py`;
  if (existsSync(script) && (await readFile(script, "utf8")) !== WANDB_SCRIPT) {
    throw refused("--output", `expected a name beside which there is no other ${basename(script)}`);
  }
  await writeFileAtomically(path, wandbLines(directories, experiment ?? "ea"));
  await writeFileAtomically(script, WANDB_SCRIPT);
}

async function* wandbLines(directories: Directories, project: string): AsyncGenerator<string, void> {
  for (const directory of directories) {
    for await (const record of recordsOf([directory])) yield wandbLine(record, basename(directory), { project });
  }
}
