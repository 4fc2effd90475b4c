import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, text, yes } from "./flag-kinds.ts";

/** Sessions, by directory or by name below `--results`. */
export const sessionsOperand = { type: "string", array: true, demandOption: true } as const;

const results = { ...text("directory of all sessions"), default: "results" } as const;

/** Flags of `ea summary`. */
export const summaryOptions = { results, json: jsonFlag } as const satisfies Record<string, Options>;

/** What `ea export` writes. */
export const exportFormat = {
  choices: ["csv", "jsonl", "parquet", "optuna", "mlflow", "prometheus", "wandb"],
  demandOption: true,
} as const;

/** Flags of `ea export`. */
export const exportOptions = {
  results,
  wide: yes("one row per record (default)"),
  tidy: yes("one row per attempt"),
  output: text("file to write (default: stdout, for csv and jsonl)", "o"),
  metric: text("for optuna: objective beside the energy, with :min or :max where its name does not tell"),
  url: text("for mlflow: tracking server (default: MLFLOW_TRACKING_URI)"),
  experiment: text("for mlflow: experiment (default: one for each session); for wandb: project (default: ea)"),
} as const satisfies Record<string, Options>;

/** The flags of `ea summary`, as yargs delivers them. */
export type SummaryFlags = InferredOptionTypes<typeof summaryOptions> & { readonly sessions: readonly string[] };

/** The flags of `ea export`, as yargs delivers them. */
export type ExportFlags = InferredOptionTypes<typeof exportOptions> & {
  readonly format: (typeof exportFormat)["choices"][number];
  readonly sessions: readonly string[];
};
