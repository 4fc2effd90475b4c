import { importedOperand, importOptions } from "../import/import-options.ts";
import { reextractOptions, testOptions } from "../metrics/metrics-options.ts";
import { parseOptions } from "../parse/parse-options.ts";
import { pathIn } from "../parse/path-in.ts";
import type { CommandGroup } from "./invocation.ts";

const METRICS_EXAMPLES: [command: string, meaning: string][] = [
  ["$0 metrics test --repo digits --model mlp train.log", "what a run with this log would record"],
  ["python train.py | $0 metrics test --repo digits -", "the log comes from stdin"],
];

/** Commands that read raw files and logs. */
export const rawData: CommandGroup = (parser, { terminal, args, end }) =>
  parser
    .command(
      "parse [path]",
      "statistics and metrics from a raw file, or an attempt's directory; - is stdin",
      (y) => y.positional("path", { type: "string" }).options(parseOptions),
      async (flags) => {
        const { parse } = await import("../commands/parse.ts");
        end(await parse({ ...flags, path: pathIn(flags, args) }, terminal));
      },
    )
    .command(
      "import <directory>",
      "the results of Green-deep-learning as records, energy integrated again from their raw traces",
      (y) => y.positional("directory", importedOperand).options(importOptions),
      async (flags) => {
        const { importResults } = await import("../commands/import.ts");
        end(await importResults(flags, terminal));
      },
    )
    .command("metrics", "try patterns on a log, or extract metrics of finished runs again", (y) =>
      y
        .command(
          "test [path]",
          "what each pattern finds in a log and what would be recorded; - is stdin",
          (test) => test.positional("path", { type: "string" }).options(testOptions).example(METRICS_EXAMPLES),
          async (flags) => {
            const { testMetrics } = await import("../commands/metrics.ts");
            end(await testMetrics({ ...flags, path: pathIn(flags, args, 2) }, terminal));
          },
        )
        .command(
          "reextract [path]",
          "metrics of finished runs again, from their logs: into metrics.json beside each record",
          (again) => again.positional("path", { type: "string" }).options(reextractOptions),
          async (flags) => {
            const { reextractMetrics } = await import("../commands/metrics.ts");
            end(await reextractMetrics({ ...flags, path: pathIn(flags, args, 2) }, terminal));
          },
        )
        .demandCommand(1, 1, "expected metrics test or metrics reextract"),
    );
