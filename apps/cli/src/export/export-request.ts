import { resolve } from "node:path";
import { configError } from "@ea/runner";
import type { ExportFlags } from "../table-options.ts";

type Flag = "wide" | "tidy" | "output" | "metric" | "url" | "experiment";

/** The flags that mean something for a format. */
const FLAGS: Readonly<Record<ExportFlags["format"], readonly Flag[]>> = {
  csv: ["wide", "tidy", "output"],
  jsonl: ["wide", "tidy", "output"],
  parquet: ["wide", "tidy", "output"],
  optuna: ["output", "metric"],
  mlflow: ["url", "experiment"],
  prometheus: ["output"],
  wandb: ["output", "experiment"],
};

const ALL: readonly Flag[] = ["wide", "tidy", "output", "metric", "url", "experiment"];

/**
 * Refuses flags that mean nothing for the format, before anything is read.
 *
 * @throws {RunnerError} `CONFIG`.
 */
export function checkExportFlags(flags: ExportFlags): void {
  const useless = ALL.find((name) => flags[name] !== undefined && !FLAGS[flags.format].includes(name));
  if (useless !== undefined) {
    throw refused(`--${useless}`, `means nothing for ${flags.format}`);
  }
  if (flags.wide && flags.tidy) throw refused("--tidy", "expected not both --wide and --tidy");
}

/**
 * The file to write of a format that is no text for a terminal.
 *
 * @throws {RunnerError} `CONFIG` without `--output`.
 */
export function outputPath({ output, format }: ExportFlags, workingDirectory: string): string {
  if (!output) throw refused("--output", `expected a file for ${format}, found none`);
  return resolve(workingDirectory, output);
}

/** An error about a flag of `ea export`. */
export function refused(flag: string, message: string): Error {
  return configError([{ file: undefined, path: flag, message }]);
}
