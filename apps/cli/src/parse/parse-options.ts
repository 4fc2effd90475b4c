import type { InferredOptionTypes, Options } from "yargs";

/** Kinds that can be asked for; the others are told by their content. */
const KINDS = ["csv", "perf", "nvidia-smi", "log"] as const;

/** Flags of `ea parse`. */
export const parseOptions = {
  as: { choices: KINDS, requiresArg: true, describe: "what the file is (default: detected)" },
  column: {
    type: "array",
    string: true,
    requiresArg: true,
    describe: "columns of a CSV, with or without their unit (default: all)",
  },
  pattern: {
    type: "array",
    string: true,
    requiresArg: true,
    describe: "what to look for in a log: name=REGEX",
  },
  repo: { type: "string", requiresArg: true, alias: "r", describe: "take the patterns of this repository" },
  model: { type: "string", requiresArg: true, alias: "m", describe: "one of its models" },
  config: {
    type: "string",
    requiresArg: true,
    alias: "c",
    default: "config/models_config.json",
    describe: "models_config.json",
  },
  project: { type: "string", requiresArg: true, describe: "directory that --config starts from" },
  json: { type: "boolean", describe: "one JSON document on stdout and nothing else" },
} as const satisfies Record<string, Options>;

/** The flags of `ea parse`, as yargs delivers them, and its file. */
export type ParseFlags = InferredOptionTypes<typeof parseOptions> & { readonly path?: string | undefined };
