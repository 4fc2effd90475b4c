import type { InferredOptionTypes, Options, PositionalOptions } from "yargs";
import { jsonFlag, text } from "../flag-kinds.ts";

const results = { ...text("directory of all sessions"), default: "results" } as const;

/** What `ea compare` takes: the first is what the other one is compared with. */
export const comparedOperand = {
  type: "string",
  demandOption: true,
  describe:
    "a run, which stands for all repetitions of its configuration in its session, or a session of one configuration",
} as const satisfies PositionalOptions;

/** Flags of `ea compare`. */
export const compareOptions = { results, json: jsonFlag } as const satisfies Record<string, Options>;

/** Sessions of `ea best`. */
export const tradedOperand = {
  type: "string",
  array: true,
  describe: "directories or names (default: the session that began last)",
} as const satisfies PositionalOptions;

/** Flags of `ea best`. */
export const bestOptions = {
  results,
  metric: text("metric, with :min or :max where its name does not tell (default: the one that most runs have)"),
  "max-drop": text("how much of the best metric may be given up: 0.01, 1pp (percentage points) or 1% (1pp)"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** The flags of `ea compare`, as yargs delivers them. */
export type CompareFlags = InferredOptionTypes<typeof compareOptions> & { readonly a: string; readonly b: string };

/** The flags of `ea best`, as yargs delivers them. */
export type BestFlags = InferredOptionTypes<typeof bestOptions> & { readonly sessions?: readonly string[] | undefined };
