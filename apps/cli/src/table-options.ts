import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, text, yes } from "./flag-kinds.ts";

/** Sessions, by directory or by name below `--results`. */
export const sessionsOperand = { type: "string", array: true, demandOption: true } as const;

const results = { ...text("directory of all sessions"), default: "results" } as const;

/** Flags of `ea summary`. */
export const summaryOptions = { results, json: jsonFlag } as const satisfies Record<string, Options>;

/** What `ea export` writes. */
export const exportFormat = { choices: ["csv", "jsonl"], demandOption: true } as const;

/** Flags of `ea export`. */
export const exportOptions = {
  results,
  wide: yes("one row per record (default)"),
  tidy: yes("one row per attempt"),
  output: text("file to write (default: stdout)", "o"),
} as const satisfies Record<string, Options>;

/** The flags of `ea summary`, as yargs delivers them. */
export type SummaryFlags = InferredOptionTypes<typeof summaryOptions> & { readonly sessions: readonly string[] };

/** The flags of `ea export`, as yargs delivers them. */
export type ExportFlags = InferredOptionTypes<typeof exportOptions> & {
  readonly format: "csv" | "jsonl";
  readonly sessions: readonly string[];
};
