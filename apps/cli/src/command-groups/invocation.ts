import type { Argv } from "yargs";
import type { Variables } from "../config/variables.ts";
import type { Terminal } from "../terminal.ts";

/** One call of `ea`, as its commands see it. */
export interface Invocation {
  readonly terminal: Terminal;
  /** All arguments as they were given, after those that the original's bare calls lack. */
  readonly args: readonly string[];
  /** What stands after `--` of `ea measure`. */
  readonly rest: readonly string[] | undefined;
  /** The flags that are given as `EA_…` variables. */
  readonly variables: Variables;
  /** Takes the exit code of the command that has run. */
  readonly end: (exitCode: number) => void;
}

/** Adds commands to a parser; what they do is loaded when they are called. */
export type CommandGroup = (parser: Argv, invocation: Invocation) => Argv;
