import { resolve } from "node:path";
import type { Options } from "yargs";
import { COMMAND_OPTIONS } from "../command-options.ts";
import { schemaOperand } from "../config/config-options.ts";
import { variableOf } from "../config/variables.ts";
import { idOf, rowsOf, sessionNames } from "../session/session-names.ts";
import { withCommand } from "../shim.ts";
import { exportFormat } from "../table-options.ts";
import type { Terminal } from "../terminal.ts";
import { configuredNames } from "./configured-names.ts";
import { SHELLS } from "./shells.ts";

/** Words that come first after a command. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  metrics: ["test", "reextract"],
  slurm: ["submit", "status", "cancel", "collect", "doctor"],
  config: ["show"],
  schema: schemaOperand.choices,
  completion: SHELLS,
  export: exportFormat.choices,
};
const OF_SESSIONS: ReadonlySet<string> = new Set([
  "resume",
  "status",
  "stop",
  "slurm",
  "best",
  "audit",
  "summary",
  "export",
]);
const OF_RUNS: ReadonlySet<string> = new Set(["show", "log", "compare"]);
/** What no shell takes for more than a word. */
const PLAIN = /^[\w.,:@%+/-]+$/;

/**
 * What the last word may become; nothing where it is a file or free. Names with characters that mean something to a shell
 * are not offered.
 *
 * @param given the words after `ea` up to the cursor; the last one may be empty.
 */
export function complete(given: readonly string[], terminal: Terminal): readonly string[] {
  const current = given.at(-1) ?? "";
  const before = withCommand(given.slice(0, -1));
  return candidates(before, current, terminal).filter((word) => word.startsWith(current) && PLAIN.test(word));
}

function candidates(before: readonly string[], current: string, terminal: Terminal): readonly string[] {
  const [command, ...rest] = before;
  if (command === undefined) {
    const bare = current.startsWith("-") ? Object.keys(COMMAND_OPTIONS["run"] ?? {}).map((flag) => `--${flag}`) : [];
    return [...Object.keys(COMMAND_OPTIONS), "--help", "--version", "--list", ...bare];
  }
  const options = COMMAND_OPTIONS[command];
  if (!options) return [];
  const known = (words: readonly string[], name: string): string | undefined => valueOf(words, name, options);
  const [flag, option] = flagOf(rest.at(-1), options) ?? [];
  if (option && flag !== undefined && option.type !== "boolean") return valuesOf(flag, option, rest, terminal, known);
  if (current.startsWith("-")) return [...Object.entries(options).flatMap(flagWords), "--help"];
  if (rest.length === 0 && FIRST[command]) return FIRST[command];
  const results = resolve(
    terminal.workingDirectory,
    known(rest, "results") ?? terminal.environment[variableOf("results")] ?? "results",
  );
  const sessions = sessionNames(results);
  if (OF_SESSIONS.has(command)) return sessions;
  if (!OF_RUNS.has(command)) return [];
  return sessions.flatMap((session) => rowsOf(resolve(results, session)).map(idOf));
}

function flagWords([flag, { describe }]: [string, Options]): readonly string[] {
  return [describe?.startsWith("--no-") ? `--no-${flag}` : `--${flag}`];
}

function flagOf(word: string | undefined, options: Readonly<Record<string, Options>>): [string, Options] | undefined {
  const name = word?.replace(/^--?/, "");
  if (name === word || name === undefined) return undefined;
  return Object.entries(options).find(([flag, { alias = [] }]) => flag === name || [alias].flat().includes(name));
}

/** The value of a flag among the words that stand before. */
function valueOf(
  words: readonly string[],
  name: string,
  options: Readonly<Record<string, Options>>,
): string | undefined {
  const at = words.findIndex((word) => flagOf(word.split("=")[0], options)?.[0] === name);
  const word = words[at];
  if (word === undefined) return undefined;
  return word.includes("=") ? word.slice(word.indexOf("=") + 1) : words[at + 1];
}

function valuesOf(
  flag: string,
  { choices }: Options,
  words: readonly string[],
  terminal: Terminal,
  known: (words: readonly string[], name: string) => string | undefined,
): readonly string[] {
  if (choices) return choices.map(String);
  if (flag !== "repo" && flag !== "model" && flag !== "mutate") return [];
  const place = (name: string): string | undefined => known(words, name) ?? terminal.environment[variableOf(name)];
  const project = resolve(terminal.workingDirectory, place("project") ?? ".");
  const file = resolve(project, place("config") ?? "config/models_config.json");
  return configuredNames(file, flag, place("repo"));
}
