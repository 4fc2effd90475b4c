import type { InferredOptionTypes, Options, PositionalOptions } from "yargs";
import { jsonFlag, text, yes } from "../flag-kinds.ts";

/** A session by directory, or by name below `--results`. */
export const sessionOperand = {
  type: "string",
  describe: "directory or name (default: the session that began last)",
} as const satisfies PositionalOptions;

const results = { ...text("directory of all sessions"), default: "results" } as const;

/** Flags of `ea status`. */
export const statusOptions = {
  results,
  follow: yes("look again each second until the session ends", "f"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** Flags of `ea stop`. */
export const stopOptions = {
  results,
  now: yes("end the running training as well; it runs again with ea resume"),
} as const satisfies Record<string, Options>;

/** The flags of `ea status`, as yargs delivers them. */
export type StatusFlags = InferredOptionTypes<typeof statusOptions> & { readonly session?: string | undefined };

/** The flags of `ea stop`, as yargs delivers them. */
export type StopFlags = InferredOptionTypes<typeof stopOptions> & { readonly session?: string | undefined };
