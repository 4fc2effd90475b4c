import type { InferredOptionTypes, Options, PositionalOptions } from "yargs";
import { text, yes } from "../flag-kinds.ts";

/** The training script of `ea init`. */
export const scriptOperand = {
  type: "string",
  describe: "a training script that takes its hyperparameters as flags; at a terminal it is asked for when missing",
} as const satisfies PositionalOptions;

/** Flags of `ea init`. */
export const initOptions = {
  name: text("name of the repository in the file (default: that of the script's directory)"),
  model: text("names of its models, separated by commas (default: choices of --model, or default)", "m"),
  output: { ...text("configuration to write, or to add to", "o"), default: "config/models_config.json" },
  project: text("directory that relative paths start from (default: working directory)"),
  "run-help": yes(
    "run the script with --help and read what it prints, where its source is not Python or says too little",
  ),
  yes: yes("ask nothing and take what is proposed, as without a terminal", "y"),
  "dry-run": yes("print the configuration and write nothing"),
} as const satisfies Record<string, Options>;

/** The flags of `ea init`, as yargs delivers them. */
export type InitFlags = InferredOptionTypes<typeof initOptions> & { readonly script: string | undefined };
