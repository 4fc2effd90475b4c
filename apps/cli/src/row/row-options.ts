import type { InferredOptionTypes, Options, PositionalOptions } from "yargs";
import { jsonFlag, text, yes } from "../flag-kinds.ts";

/** One run. */
export const rowOperand = {
  type: "string",
  demandOption: true,
  describe: "id of a run or a part of it, its directory, or its number in the session that began last",
} as const satisfies PositionalOptions;

const results = { ...text("directory of all sessions"), default: "results" } as const;

/** Flags of `ea show`. */
export const showOptions = { results, json: jsonFlag } as const satisfies Record<string, Options>;

/** Flags of `ea log`. */
export const logOptions = {
  results,
  attempt: text("number of the attempt (default: the last one)"),
  follow: yes("go on with what the training prints until it has ended", "f"),
} as const satisfies Record<string, Options>;

/** The flags of `ea show`, as yargs delivers them. */
export type ShowFlags = InferredOptionTypes<typeof showOptions> & { readonly id: string };

/** The flags of `ea log`, as yargs delivers them. */
export type LogFlags = InferredOptionTypes<typeof logOptions> & { readonly id: string };
