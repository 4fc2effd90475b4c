import { existsSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { type ImportOptions, type ImportReport, importOriginal } from "@ea/exchange";
import { configError, loadModelsConfig } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { claimResults } from "../import/claim-results.ts";
import type { ImportFlags } from "../import/import-options.ts";
import { importText } from "../import/import-text.ts";
import { writeImportReport } from "../import/write-import-report.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

/** `ea import`: the original's results into records. */
export async function importResults(flags: ImportFlags, terminal: Terminal): Promise<number> {
  const at = (path: string): string => resolve(terminal.workingDirectory, path);
  const [directory, results] = [at(flags.directory), at(flags.output)];
  if (!existsSync(directory)) throw refused(flags.directory, "expected a directory, found none");
  if (!statSync(directory).isDirectory()) throw refused(flags.directory, "expected a directory, found a file");
  const options = {
    directory,
    results,
    toolVersion: TOOL_VERSION,
    tables: flags.table?.map(at),
    defaults: flags.config === undefined ? {} : await configuredDefaults(flags.config, terminal),
    onSession: ({ session, runs }: { readonly session: string; readonly runs: number }) => {
      terminal.err(`${session}: ${runs} runs\n`);
    },
  };
  const report = flags["dry-run"]
    ? await importOriginal({ ...options, workDirectory: join(results, ".import"), dryRun: true })
    : await importInto(results, options);
  terminal.out(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : importText(report));
  if (!flags.json && report.imported > 0 && !report.dry_run) {
    const path = relative(terminal.workingDirectory, results) || ".";
    terminal.err(`Next: ea report ${path} -o report.html\n`);
  }
  return report.not_imported.length > 0 ? EXIT.finishedWithFailures : EXIT.ok;
}

async function importInto(results: string, options: Omit<ImportOptions, "workDirectory">): Promise<ImportReport> {
  await mkdir(results, { recursive: true });
  const { workDirectory, release } = await claimResults(results, new Date());
  try {
    const report = await importOriginal({ ...options, workDirectory });
    await writeImportReport(results, report);
    return report;
  } finally {
    await release();
  }
}

async function configuredDefaults(file: string, { workingDirectory }: Terminal): Promise<ImportOptions["defaults"]> {
  const { models } = await loadModelsConfig(file, workingDirectory);
  return Object.fromEntries(
    Object.entries(models).map(([name, { supported_hyperparams: parameters }]) => [
      name,
      Object.fromEntries(
        Object.entries(parameters).flatMap(([parameter, { default: value }]) =>
          value === null || value === undefined ? [] : [[parameter, value]],
        ),
      ),
    ]),
  );
}

function refused(file: string, message: string): Error {
  return configError([{ file, path: "", message }]);
}
