import yargs, { type Argv } from "yargs";
import { cluster } from "./command-groups/cluster.ts";
import { configuring } from "./command-groups/configuring.ts";
import type { CommandGroup, Invocation } from "./command-groups/invocation.ts";
import { measuring } from "./command-groups/measuring.ts";
import { rawData } from "./command-groups/raw-data.ts";
import { reading } from "./command-groups/reading.ts";
import { running } from "./command-groups/running.ts";
import { namingVariables, readVariables, type Variables } from "./config/variables.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { cutAtDashes, withCommand } from "./shim.ts";
import type { Terminal } from "./terminal.ts";
import { checkCommand, explain, refuseRepeatedFlags, UsageError } from "./usage-error.ts";
import { TOOL_VERSION } from "./version.ts";

/** In the order of `ea --help`. */
const GROUPS: readonly CommandGroup[] = [running, cluster, reading, configuring, measuring, rawData];

const EXAMPLES: [command: string, meaning: string][] = [
  ["$0 run --repo digits --model mlp --mutate epochs,learning_rate --runs 5 --seed 42", "five distinct mutations"],
  ["$0 run --experiment-config settings/demo.json --no-sleep", "what an experiment file describes"],
  ["$0 run … --dry-run", "the plan, without running it"],
  ["$0 resume 20261123_174723_demo", "what an interrupted session has not run yet"],
  ["$0 doctor", "what can be measured here, and what helps where not"],
  ["$0 measure -- python train.py --epochs 3", "energy of any command"],
];

const EPILOGUE = `Exit codes: ea help exit-codes. Help of a command: ea help COMMAND.
Every flag of run and resume is also a variable: EA_MAX_RETRIES=0. More: docs/sweep.md, docs/configuration.md`;

/** Runs one command; resolves with the exit code and never rejects. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  if (args[0] === "__complete") {
    const { complete } = await import("./completion/complete.ts");
    terminal.out(complete(args.slice(1), terminal).join("\n"));
    return EXIT.ok;
  }
  let exitCode: number = EXIT.ok;
  const [own, rest] = cutAtDashes(withCommand(args));
  const command = own[0] ?? "";
  const end = (code: number): void => {
    exitCode = code;
  };
  let variables: Variables = { values: {}, warnings: [] };
  try {
    checkCommand(own);
    variables = readVariables(own, terminal.environment);
    for (const warning of variables.warnings) terminal.err(`${terminal.paint("yellow", warning)}\n`);
    const parser = parserOf({ terminal, args, rest, variables, end }, command);
    let help = "";
    await parser.parseAsync(own, {}, (_error, _flags, output) => {
      help = output;
    });
    if (help !== "") {
      const { withExamples } = await import("./help/command-examples.ts");
      terminal.out(`${withExamples(help, command)}\n`);
    }
    return exitCode;
  } catch (error) {
    const isUsage = error instanceof UsageError || (error instanceof Error && error.name === "YError");
    terminal.err(`${terminal.paint("red", "error:")} ${namingVariables(explain(error, command), variables)}\n`);
    // What the operating system says (a full disk, a directory that is gone) is no fault of ours to be traced
    const isOurFault =
      !isUsage && exitCodeOf(error) === EXIT.unexpected && !(error instanceof Error && "code" in error);
    if (isOurFault && error instanceof Error && error.stack) {
      terminal.err(`${terminal.paint("dim", error.stack)}\n`);
    }
    if (command === "measure") return EXIT.notMeasured;
    return isUsage ? EXIT.usage : exitCodeOf(error);
  }
}

function parserOf(invocation: Invocation, command: string): Argv {
  const bare = yargs()
    .scriptName("ea")
    .usage("$0 <command>\n\nEnergy-aware deep learning: mutate hyperparameters, train, measure the energy.")
    .example(EXAMPLES)
    .epilogue(EPILOGUE)
    // -mt, -ec and -mr of the original are one flag each, and what follows -- is nobody's number
    .parserConfiguration({ "short-option-groups": false, "parse-positional-numbers": false });
  return GROUPS.reduce((parser, group) => group(parser, invocation), bare)
    .config({ ...invocation.variables.values })
    .strict()
    .check((flags) => refuseRepeatedFlags(command, flags))
    .version(TOOL_VERSION)
    .help()
    .alias("help", "h")
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
}
