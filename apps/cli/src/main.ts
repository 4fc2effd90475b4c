import yargs from "yargs";
import { doctorOptions } from "./doctor/doctor-options.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { measureCommands, measureOptions } from "./measure/measure-options.ts";
import { reextractOptions, testOptions } from "./metrics/metrics-options.ts";
import { parseOptions } from "./parse/parse-options.ts";
import { pathIn } from "./parse/path-in.ts";
import { reportOptions } from "./report/report-options.ts";
import { configOptions, resumeOptions, runOptions } from "./run-options.ts";
import { cutAtDashes, withCommand } from "./shim.ts";
import { exportFormat, exportOptions, sessionsOperand, summaryOptions } from "./table-options.ts";
import type { Terminal } from "./terminal.ts";
import { checkCommand, explain, refuseRepeatedFlags, UsageError } from "./usage-error.ts";
import { TOOL_VERSION } from "./version.ts";

const EXAMPLES: [command: string, meaning: string][] = [
  ["$0 run --repo digits --model mlp --mutate epochs,learning_rate --runs 5 --seed 42", "five distinct mutations"],
  ["$0 run --experiment-config settings/demo.json --no-sleep", "what an experiment file describes"],
  ["$0 run … --dry-run", "the plan, without running it"],
  ["$0 resume 20261123_174723_demo", "what an interrupted session has not run yet"],
  ["$0 doctor", "what can be measured here, and what helps where not"],
  ["$0 measure -- python train.py --epochs 3", "energy of any command"],
];

const MEASURE_EXAMPLES: [command: string, meaning: string][] = [
  ["$0 measure -- python train.py --epochs 3", "one run, with its output"],
  ["$0 measure --runs 10 --warmup 1 -- ./simulate", "ten runs: mean and 95 % interval"],
  ["$0 measure --runs 10 'gzip -k9 data' 'zstd -k19 data'", "which of two command lines needs less"],
];

const METRICS_EXAMPLES: [command: string, meaning: string][] = [
  ["$0 metrics test --repo digits --model mlp train.log", "what a run with this log would record"],
  ["python train.py | $0 metrics test --repo digits -", "the log comes from stdin"],
];

/** Runs one command; resolves with the exit code and never rejects. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const [own, rest] = cutAtDashes(withCommand(args));
  const command = own[0] ?? "";
  const parser = yargs()
    .scriptName("ea")
    .usage("$0 <command>\n\nEnergy-aware deep learning: mutate hyperparameters, train, measure the energy.")
    .example(EXAMPLES)
    // -mt, -ec and -mr of the original are one flag each, and what follows -- is nobody's number
    .parserConfiguration({ "short-option-groups": false, "parse-positional-numbers": false })
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
      "resume <session>",
      "continue a session that was interrupted, or make it longer",
      (y) => y.positional("session", { type: "string", demandOption: true }).options(resumeOptions),
      async (flags) => {
        const { resume } = await import("./commands/resume.ts");
        exitCode = await resume(flags.session, flags, terminal);
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
      "measure [commands..]",
      "energy, power and duration of any command; exits with the command's code",
      (y) => y.positional("commands", measureCommands).options(measureOptions).example(MEASURE_EXAMPLES),
      async (flags) => {
        const { measure } = await import("./commands/measure.ts");
        exitCode = await measure(flags, rest, terminal);
      },
    )
    .command(
      "doctor",
      "what can be measured here, what not, why, and what helps",
      (y) => y.options(doctorOptions),
      async (flags) => {
        const { doctor } = await import("./commands/doctor.ts");
        exitCode = await doctor(flags, terminal);
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
    .command(
      "summary <sessions..>",
      "the records of sessions as a table; rebuilds summary.csv",
      (y) => y.positional("sessions", sessionsOperand).options(summaryOptions),
      async (flags) => {
        const { summary } = await import("./commands/summary.ts");
        exitCode = await summary(flags, terminal);
      },
    )
    .command(
      "export <format> <sessions..>",
      "the records of sessions as csv or jsonl",
      (y) => y.positional("format", exportFormat).positional("sessions", sessionsOperand).options(exportOptions),
      async (flags) => {
        const { exportTable } = await import("./commands/export.ts");
        exitCode = await exportTable(flags, terminal);
      },
    )
    .command(
      "report <sessions..>",
      "one HTML file with charts and tables of sessions, and what else is asked for",
      (y) => y.positional("sessions", sessionsOperand).options(reportOptions),
      async (flags) => {
        const { report } = await import("./commands/report.ts");
        exitCode = await report(flags, terminal);
      },
    )
    .command("metrics", "try patterns on a log, or extract metrics of finished runs again", (y) =>
      y
        .command(
          "test [path]",
          "what each pattern finds in a log and what would be recorded; - is stdin",
          (test) => test.positional("path", { type: "string" }).options(testOptions).example(METRICS_EXAMPLES),
          async (flags) => {
            const { testMetrics } = await import("./commands/metrics.ts");
            exitCode = await testMetrics({ ...flags, path: pathIn(flags, args, 2) }, terminal);
          },
        )
        .command(
          "reextract [path]",
          "metrics of finished runs again, from their logs: into metrics.json beside each record",
          (again) => again.positional("path", { type: "string" }).options(reextractOptions),
          async (flags) => {
            const { reextractMetrics } = await import("./commands/metrics.ts");
            exitCode = await reextractMetrics({ ...flags, path: pathIn(flags, args, 2) }, terminal);
          },
        )
        .demandCommand(1, 1, "expected metrics test or metrics reextract"),
    )
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
  try {
    checkCommand(own);
    await parser.parseAsync(own, {}, (_error, _flags, output) => {
      if (output !== "") terminal.out(`${output}\n`);
    });
    return exitCode;
  } catch (error) {
    const isUsage = error instanceof UsageError || (error instanceof Error && error.name === "YError");
    terminal.err(`${terminal.paint("red", "error:")} ${explain(error, command)}\n`);
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
