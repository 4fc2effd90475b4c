import type { InferredOptionTypes, Options } from "yargs";
import { text } from "../flag-kinds.ts";
import { configOptions } from "../run-options.ts";

/** Flags of `ea metrics test`. */
export const testOptions = {
  ...configOptions,
  repo: text("repository whose patterns are tried", "r"),
  model: text("one of its models", "m"),
} as const satisfies Record<string, Options>;

/** Flags of `ea metrics reextract`. */
export const reextractOptions = configOptions;

/** The flags of `ea metrics`, whatever comes next. */
export const metricsOptions = { ...testOptions, ...reextractOptions };

/** The flags of `ea metrics test`, as yargs delivers them, and its file. */
export type TestFlags = InferredOptionTypes<typeof testOptions> & { readonly path?: string | undefined };

/** The flags of `ea metrics reextract`, as yargs delivers them, and its directory. */
export type ReextractFlags = InferredOptionTypes<typeof reextractOptions> & { readonly path?: string | undefined };
