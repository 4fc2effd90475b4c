import { exportFormat, exportOptions, sessionsOperand, summaryOptions } from "../table-options.ts";
import type { CommandGroup } from "./invocation.ts";

/** Commands that read what sessions have left. */
export const reading: CommandGroup = (parser, { terminal, end }) =>
  parser
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
      "export <format> <sessions..>",
      "the records of sessions as csv or jsonl",
      (y) => y.positional("format", exportFormat).positional("sessions", sessionsOperand).options(exportOptions),
      async (flags) => {
        const { exportTable } = await import("../commands/export.ts");
        end(await exportTable(flags, terminal));
      },
    );
