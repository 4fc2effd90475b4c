import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, text } from "../flag-kinds.ts";

/** What is imported. */
export const importedOperand = { type: "string", demandOption: true } as const;

/** Flags of `ea import`. */
export const importOptions = {
  output: { ...text("directory of all sessions to write to", ["o", "results"]), default: "results" },
  table: { ...text("a published table beside those in the directory; may be given several times"), array: true },
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** The flags of `ea import`, as yargs delivers them. */
export type ImportFlags = InferredOptionTypes<typeof importOptions> & { readonly directory: string };
