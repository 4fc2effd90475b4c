import { suggestion } from "@ea/runner";
import yargs from "yargs";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { parseOptions } from "./parse/parse-options.ts";
import { configOptions, runOptions } from "./run-options.ts";
import { withCommand } from "./shim.ts";
import type { Terminal } from "./terminal.ts";
import { TOOL_VERSION } from "./version.ts";

const EXAMPLES: [command: string, meaning: string][] = [
  ["$0 run --repo digits --model mlp --mutate epochs,learning_rate --runs 5 --seed 42", "five distinct mutations"],
  ["$0 run --experiment-config settings/demo.json --no-sleep", "what an experiment file describes"],
  ["$0 run … --dry-run", "the plan, without running it"],
];

const COMMANDS: readonly string[] = ["run", "list", "parse"];

/** Thrown for arguments that cannot be used. */
class UsageError extends Error {}

/** Runs one command; resolves with the exit code and never rejects. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const parser = yargs()
    .scriptName("ea")
    .usage("$0 <command>\n\nEnergy-aware deep learning: mutate hyperparameters, train, measure the energy.")
    .example(EXAMPLES)
    // -mt, -ec and -mr of the original are one flag each, and what follows -- is nobody's number
    .parserConfiguration({
      "short-option-groups": false,

      "parse-positional-numbers": false,
    })
    .command(
      "run",
      "plan, then run",
      (y) => y.options(runOptions),
      async (flags) => {
        const { run } = await import("./commands/run.ts");
        exitCode = await run(flags, terminal);
      },
    )
    .command(
      "list",
      "repositories, models, hyperparameters, space sizes",
      (y) => y.options(configOptions),
      async (flags) => {
        const { list } = await import("./commands/list.ts");
        exitCode = await list(flags, terminal);
      },
    )
    .command(
      "parse [path]",
      "statistics and metrics from a raw file, or an attempt's directory; - is stdin",
      (y) => y.positional("path", { type: "string" }).options(parseOptions),
      async (flags) => {
        const { parse } = await import("./commands/parse.ts");
        exitCode = await parse({ ...flags, path: pathIn(flags, args) }, terminal);
      },
    )
    .strict()
    .check(refuseRepeatedFlags)
    .version(TOOL_VERSION)
    .help()
    .alias("help", "h")
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  try {
    checkCommand(withCommand(args));
    await parser.parseAsync(withCommand(args), {}, (_error, _flags, output) => {
      if (output !== "") terminal.out(`${output}\n`);
    });
    return exitCode;
  } catch (error) {
    const isUsage = error instanceof UsageError || (error instanceof Error && error.name === "YError");
    terminal.err(`${terminal.paint("red", "error:")} ${explain(error)}\n`);
    // What the operating system says (a full disk, a directory that is gone) is no fault of ours to be traced
    const isOurFault =
      !isUsage && exitCodeOf(error) === EXIT.unexpected && !(error instanceof Error && "code" in error);
    if (isOurFault && error instanceof Error && error.stack) {
      terminal.err(`${terminal.paint("dim", error.stack)}\n`);
    }
    return isUsage ? EXIT.usage : exitCodeOf(error);
  }
}

/** yargs takes a word that is no command for an argument of all of them, and then complains about each flag. */
function checkCommand([command]: readonly string[]): void {
  if (command === undefined) throw new UsageError(`expected a command: ${COMMANDS.join(" or ")}; see ea --help`);
  if (command.startsWith("-") || COMMANDS.includes(command)) return;
  throw new UsageError(`unknown command "${command}"${suggestion(command, COMMANDS)}`);
}

/** The one word after the command, also behind `--`; yargs makes an empty text of `-`. */
function pathIn(
  { path, _: words }: { readonly path: string | undefined; readonly _: readonly unknown[] },
  args: readonly string[],
): string | undefined {
  const [found, ...more] = [path, ...words.slice(1).map(String)].filter((word) => word !== undefined);
  if (more.length > 0) throw new UsageError(`expected one file or directory, found also ${more.join(" ")}`);
  return found === "" && args.includes("-") ? "-" : found;
}

/** Given twice, which one is meant? To take the last one in silence would run another experiment. */
function refuseRepeatedFlags(flags: Readonly<Record<string, unknown>>): true {
  const repeated = [...Object.keys(runOptions), "as"].find((name) => Array.isArray(flags[name]));
  if (repeated !== undefined) {
    throw new UsageError(`--${repeated}: expected once, found ${JSON.stringify(flags[repeated])}`);
  }
  return true;
}

/** yargs' words for a mistake, as one line that names the nearest valid word. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, argument, given = "", choices] = /Argument: (\S+), Given: "(.*)", Choices: (.+)/.exec(message) ?? [];
  if (argument !== undefined && choices !== undefined) {
    const valid = [...choices.matchAll(/"([^"]+)"/g)].map(([, choice = ""]) => choice);
    return `--${argument}: expected ${valid.join(" | ")}, found "${given}"${suggestion(given, valid)}`;
  }
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1];
  if (unknown === undefined) return message;
  // yargs names an option twice, as given and in camel case
  const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const names = [...new Set(unknown.split(", ").map(kebab))];
  return names
    .map((name) => `unknown argument: ${name}${suggestion(name, Object.keys({ ...runOptions, ...parseOptions }))}`)
    .join("\n");
}
