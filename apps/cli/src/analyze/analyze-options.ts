import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, text } from "../flag-kinds.ts";

const results = { ...text("directory of all sessions"), default: "results" } as const;

/** Flags of `ea analyze`. */
export const analyzeOptions = {
  results,
  metric: text(
    "metric, with :min or :max where its name does not tell (default: of each group the one most runs have)",
  ),
  goal: {
    requiresArg: true,
    choices: ["min", "max"],
    describe: "which way the metric is better (default: by its name)",
  },
  group: { ...text("these groups alone: repository/model, or a model"), array: true },
  "max-drop": text("how much of the best metric may be given up: 0.01, 1pp (percentage points) or 1% (1%)"),
  detect: text("difference between two configurations, in per cent, that repeats are to show (2)"),
  reference: text("reference point of the hypervolume: COST,METRIC, or a file that --json wrote, for its points"),
  "exclude-flagged": {
    type: "boolean",
    default: true,
    describe: "leave out runs that the audit or their own flags call an error",
  },
  seed: text("what the draws depend on (1)"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** The flags of `ea analyze`, as yargs delivers them. */
export type AnalyzeFlags = InferredOptionTypes<typeof analyzeOptions> & { readonly sessions: readonly string[] };
