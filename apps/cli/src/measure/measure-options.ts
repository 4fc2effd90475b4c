import type { InferredOptionTypes, Options, PositionalOptions } from "yargs";
import { jsonFlag, text, yes } from "../flag-kinds.ts";

/** Flags of `ea measure`. */
export const measureOptions = {
  runs: text("measured runs of each command (1)", "n"),
  warmup: text("runs of each command before them that are not measured (0)", "w"),
  "show-output": yes("show what the commands print (default for one run; --no-show-output discards it)"),
  "ignore-failure": yes("go on after a run that failed; it enters no mean", "i"),
  "export-csv": text("file for one row per run and quantity"),
  keep: text("new directory for the raw files of the meters"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** What `ea measure` takes before `--`. */
export const measureCommands = {
  type: "string",
  array: true,
  describe: "command lines for sh, each one argument; after -- one command is run without a shell",
} as const satisfies PositionalOptions;

/** The flags of `ea measure`, as yargs delivers them. */
export type MeasureFlags = Partial<InferredOptionTypes<typeof measureOptions>> & {
  readonly commands?: readonly string[] | undefined;
};
