import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, text, yes } from "../flag-kinds.ts";

/** Flags of `ea report`. */
export const reportOptions = {
  output: { ...text("HTML file to write", "o"), default: "report.html" },
  results: { ...text("directory of all sessions"), default: "results" },
  metric: text("metric to begin with, NAME, NAME:min or NAME:max (default: what most runs have)"),
  svg: text("also each chart as SVG into this directory"),
  png: text("also each chart as PNG into this directory"),
  md: { type: "string", describe: "also as Markdown, into this file (default: beside the HTML)" },
  watch: yes("again after each run, while the session rests; ends with the session"),
  intensity: text("grams of CO2e per kWh: adds derived carbon"),
  price: text("price per kWh: adds derived cost"),
  pue: text("power usage effectiveness of the building, for both (default: 1)"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** The flags of `ea report`, as yargs delivers them. */
export type ReportFlags = InferredOptionTypes<typeof reportOptions> & { readonly sessions: readonly string[] };
