import { nearest, suggestion } from "@ea/runner/words";
import type { Options } from "yargs";
import { COMMAND_OPTIONS } from "../command-options.ts";
import { PLANNING_FLAGS } from "../run-options.ts";
import { UsageError } from "../usage-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that begin like ours and are read by the tests. */
const OTHERS = /^EA_(?:TEST_\w+|CHAOS_ROUNDS|SOAK_ROUNDS)$/;

/** Commands whose every flag is also a variable; the others take from the environment where things are. */
const WHOLE: ReadonlySet<string> = new Set(["run", "resume", "config"]);
const PLACES: ReadonlySet<string> = new Set(["config", "project", "results"]);

/** Flags that say what is trained: by name, or by a file. On the command line, one way is the answer and the other is not asked. */
const BY_NAME = ["repo", "model", "mutate", "space"];
const BY_FILE = ["experiment-config"];

/** What the environment says about a command's flags. */
export interface Variables {
  /** Values by flag, for yargs: text, or booleans for flags without a value. */
  readonly values: Readonly<Record<string, string | boolean>>;
  /** One line for each `EA_…` that no flag has. */
  readonly warnings: readonly string[];
}

/** `--max-retries` is `EA_MAX_RETRIES`. */
export function variableOf(flag: string): string {
  return `EA_${flag.toUpperCase().replaceAll("-", "_")}`;
}

/**
 * The flags of a command that are given as variables and not on the command line; an empty variable counts as not set.
 *
 * @throws {UsageError} for a value that the flag would not take, with the variable's name.
 */
export function readVariables(args: readonly string[], environment: Environment): Variables {
  const [command = ""] = args;
  const options = Object.entries(COMMAND_OPTIONS[command] ?? {});
  const given = options.flatMap(([flag, option]) => (isGiven(flag, option, args) ? [flag] : []));
  const isAnswered = (flag: string): boolean =>
    given.includes(flag) ||
    (BY_FILE.includes(flag) && given.some((name) => BY_NAME.includes(name))) ||
    (BY_NAME.includes(flag) && given.some((name) => BY_FILE.includes(name))) ||
    (given.includes("plan") && PLANNING_FLAGS.some((name) => name === flag));
  const own = options.filter(([flag]) => (WHOLE.has(command) || PLACES.has(flag)) && !isAnswered(flag));
  const values = own.flatMap(([flag, option]): [string, string | boolean][] => {
    const text = environment[variableOf(flag)]?.trim();
    return text === undefined || text === "" ? [] : [[flag, valueOf(flag, text, option)]];
  });
  return { values: Object.fromEntries(values), warnings: unknownVariables(environment) };
}

/** The words of an error, with the variable in place of each flag that the variable set. */
export function namingVariables(message: string, { values }: Variables): string {
  return message.replaceAll(/--([a-z][a-z-]*[a-z])/g, (word, flag: string) =>
    Object.hasOwn(values, flag) ? variableOf(flag) : word,
  );
}

function isGiven(flag: string, { alias = [] }: Options, args: readonly string[]): boolean {
  const words = [flag, `no-${flag}`, camel(flag), ...[alias].flat()].flatMap((name) => [`-${name}`, `--${name}`]);
  return args.some((arg) => words.includes(arg.split("=")[0] ?? ""));
}

function camel(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function valueOf(flag: string, text: string, { type, choices }: Options): string | boolean {
  if (type === "boolean") {
    if (/^(?:1|true)$/i.test(text)) return true;
    if (/^(?:0|false)$/i.test(text)) return false;
    throw new UsageError(`${variableOf(flag)}: expected 1, true, 0 or false, found "${text}"`);
  }
  const words = choices?.map(String);
  if (words && !words.includes(text)) {
    throw new UsageError(
      `${variableOf(flag)}: expected ${words.join(" | ")}, found "${text}"${suggestion(text, words)}`,
    );
  }
  return text;
}

function unknownVariables(environment: Environment): readonly string[] {
  const flags = new Set([...WHOLE].flatMap((command) => Object.keys(COMMAND_OPTIONS[command] ?? {})));
  const known = [...flags].map(variableOf);
  return Object.keys(environment)
    .filter((name) => name.startsWith("EA_") && !OTHERS.test(name) && !known.includes(name) && environment[name] !== "")
    .map((name) => {
      const near = nearest(name, known);
      return `warning: ${name} is none of our variables and is not read${near ? `; did you mean ${near}?` : ""}`;
    });
}
