import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, text, yes } from "../flag-kinds.ts";

/** What is imported. */
export const importedOperand = { type: "string", demandOption: true } as const;

/** Flags of `ea import`. */
export const importOptions = {
  output: { ...text("directory of all sessions to write to", "o"), default: "results" },
  table: {
    ...text("a published table; those below the directory are found without it"),
    type: "array",
    string: true,
  },
  config: text("models config whose defaults complete parameters that nothing else tells", "c"),
  "dry-run": yes("say what would be imported, and write nothing"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** The flags of `ea import`, as yargs delivers them. */
export type ImportFlags = InferredOptionTypes<typeof importOptions> & { readonly directory: string };
