import { suggestion } from "@ea/runner/words";
import { COMMAND_OPTIONS } from "./command-options.ts";

/** What comes after commands that have several. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  metrics: ["test", "reextract"],
  slurm: ["submit", "status", "cancel", "collect", "doctor"],
};

/** Thrown for arguments that cannot be used. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** yargs takes a word that is no command for an argument of all of them, and then complains about each flag. */
export function checkCommand([command, action]: readonly string[]): void {
  const commands = Object.keys(COMMAND_OPTIONS);
  if (command === undefined) throw new UsageError(`expected a command: ${commands.join(", ")}; see ea --help`);
  if (!command.startsWith("-") && !commands.includes(command)) {
    throw new UsageError(`unknown command "${command}"${suggestion(command, commands)}`);
  }
  const actions = ACTIONS[command];
  if (actions && action !== undefined && !action.startsWith("-") && !actions.includes(action)) {
    throw new UsageError(`unknown command "${command} ${action}"${suggestion(action, actions)}`);
  }
}

/** Given twice, which one is meant? To take the last one in silence would run another experiment. */
export function refuseRepeatedFlags(command: string, flags: Readonly<Record<string, unknown>>): true {
  const once = Object.entries(COMMAND_OPTIONS[command] ?? {}).filter(
    ([, { type, array }]) => type !== "array" && array !== true,
  );
  const [repeated] = once.find(([name]) => Array.isArray(flags[name])) ?? [];
  if (repeated !== undefined) {
    throw new UsageError(`--${repeated}: expected once, found ${JSON.stringify(flags[repeated])}`);
  }
  return true;
}

/** The words for an error; yargs' own become one line that names the nearest valid word of the command. */
export function explain(error: unknown, command: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, argument, given = "", choices] = /Argument: (\S+), Given: "(.*)", Choices: (.+)/.exec(message) ?? [];
  if (argument !== undefined && choices !== undefined) {
    const valid = [...choices.matchAll(/"([^"]+)"/g)].map(([, choice = ""]) => choice);
    return `--${argument}: expected ${valid.join(" | ")}, found "${given}"${suggestion(given, valid)}`;
  }
  if (message.startsWith("Not enough non-option arguments")) {
    return `${command}: expected an argument, found none; see ea ${command} --help`;
  }
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1];
  if (unknown === undefined) return message;
  // yargs names an option twice, as given and in camel case
  const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const names = [...new Set(unknown.split(", ").map(kebab))];
  const valid = Object.keys(COMMAND_OPTIONS[command] ?? {});
  const lines = names.map((name) => `unknown argument: ${name}${suggestion(name, valid)}`);
  return [...lines, ...(command === "measure" ? ["a command with flags of its own stands after --"] : [])].join("\n");
}
