import { analyzeOptions } from "../analyze/analyze-options.ts";
import { auditOptions } from "../audit/audit-options.ts";
import { reportOptions } from "../report/report-options.ts";
import { logOptions, rowOperand, showOptions } from "../row/row-options.ts";
import { exportFormat, exportOptions, sessionsOperand, summaryOptions } from "../table-options.ts";
import { bestOptions, comparedOperand, compareOptions, tradedOperand } from "../trade/trade-options.ts";
import type { CommandGroup } from "./invocation.ts";

/** Commands that read what sessions have left. */
export const reading: CommandGroup = (parser, { terminal, end }) =>
  parser
    .command(
      "show <id>",
      "the record of one run",
      (y) => y.positional("id", rowOperand).options(showOptions),
      async (flags) => {
        const { show } = await import("../commands/show.ts");
        end(await show(flags, terminal));
      },
    )
    .command(
      "log <id>",
      "what a training has printed, or prints",
      (y) => y.positional("id", rowOperand).options(logOptions),
      async (flags) => {
        const { log } = await import("../commands/log.ts");
        end(await log(flags, terminal));
      },
    )
    .command(
      "compare <a> <b>",
      "how much less or more energy and time the second configuration takes than the first",
      (y) => y.positional("a", comparedOperand).positional("b", comparedOperand).options(compareOptions),
      async (flags) => {
        const { compareRuns } = await import("../commands/compare.ts");
        end(await compareRuns(flags, terminal));
      },
    )
    .command(
      "best [sessions..]",
      "configurations that no other one beats, and the cheapest that is good enough",
      (y) => y.positional("sessions", tradedOperand).options(bestOptions),
      async (flags) => {
        const { best } = await import("../commands/best.ts");
        end(await best(flags, terminal));
      },
    )
    .command(
      "audit <sessions..>",
      "runs whose numbers should not be trusted, and why",
      (y) => y.positional("sessions", sessionsOperand).options(auditOptions),
      async (flags) => {
        const { audit } = await import("../commands/audit.ts");
        end(await audit(flags, terminal));
      },
    )
    .command(
      "analyze <sessions..>",
      "Pareto fronts, effects of hyperparameters, noise and cost, and how sure they are",
      (y) => y.positional("sessions", sessionsOperand).options(analyzeOptions),
      async (flags) => {
        const { analyze } = await import("../commands/analyze.ts");
        end(await analyze(flags, terminal));
      },
    )
    .command(
      "summary <sessions..>",
      "the records of sessions as a table; rebuilds summary.csv",
      (y) => y.positional("sessions", sessionsOperand).options(summaryOptions),
      async (flags) => {
        const { summary } = await import("../commands/summary.ts");
        end(await summary(flags, terminal));
      },
    )
    .command(
      "report <sessions..>",
      "one HTML file with charts and tables of sessions, and what else is asked for",
      (y) => y.positional("sessions", sessionsOperand).options(reportOptions),
      async (flags) => {
        const { report } = await import("../commands/report.ts");
        end(await report(flags, terminal));
      },
    )
    .command(
      "export <format> <sessions..>",
      "the records of sessions for other programs, as a file or over the network",
      (y) => y.positional("format", exportFormat).positional("sessions", sessionsOperand).options(exportOptions),
      async (flags) => {
        const { exportRecords } = await import("../commands/export.ts");
        end(await exportRecords(flags, terminal));
      },
    );
