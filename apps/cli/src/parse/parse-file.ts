import { quantityToJson } from "@ea/energy";
import { querySamples, queryStatistics, queryStatisticsToJson } from "@ea/energy-nvsmi";
import { parsePerf, parsePowercapLog, perfReportToJson } from "@ea/energy-perf";
import { type ColumnSummary, columnStatistics, type MetricPatterns, metricsToJson, scanLog } from "@ea/metrics-parser";
import { detectKind, type Kind } from "./detect-kind.ts";
import { inputError } from "./input-error.ts";
import { type ParseInput, textOf } from "./parse-input.ts";

/** A document of `ea parse`. */
export type Document = Readonly<Record<string, unknown>> & { readonly kind: string };

/** How a file is to be read. */
export interface ParseRequest {
  /** Detected when not given. */
  readonly kind: Kind | undefined;
  readonly columns: readonly string[] | undefined;
  readonly patterns: MetricPatterns | undefined;
}

/**
 * Reads one file.
 *
 * @throws {RunnerError} `CONFIG` for an unknown kind; what the kind's own parser throws otherwise.
 */
export async function parseFile(input: ParseInput, request: ParseRequest): Promise<Document> {
  const kind = request.kind ?? detectKind(input.head) ?? (request.patterns && "log");
  switch (kind) {
    case "csv":
      return csvDocument(input, request.columns);
    case "perf":
      return { ...perfReportToJson(parsePerf(await wholeText(input))) };
    case "powercap":
      return powercapDocument(await wholeText(input));
    case "nvidia-smi":
      return nvidiaSmiDocument(input);
    case "log":
      return logDocument(input, request.patterns);
    case undefined:
      throw inputError(input.name, unknownKind(input.head));
  }
}

function unknownKind(head: string): string {
  const line = head.split(/\r?\n/).find((text) => text.trim() !== "") ?? "";
  const expected =
    "expected a CSV with a header line, a report of perf stat, a query CSV of nvidia-smi, or a log (with --pattern or --repo)";
  return `${expected}, found ${JSON.stringify(line.trim().slice(0, 200))}`;
}

async function csvDocument(input: ParseInput, columns: readonly string[] | undefined): Promise<Document> {
  const { rows, columns: summaries, badRows, firstBadRows } = await columnStatistics(input.bytes, { columns });
  const json = Object.entries(summaries).map(([name, summary]) => [name, summaryToJson(summary)]);
  return { kind: "csv", rows, columns: Object.fromEntries(json), bad_rows: badRows, first_bad_rows: firstBadRows };
}

function summaryToJson(summary: ColumnSummary): Readonly<Record<string, unknown>> {
  const { count, missing, avg = null, min = null, max = null, sum = null } = summary;
  const { variance = null, first = null, last = null, missingKinds } = summary;
  return { count, missing, avg, min, max, sum, variance, first, last, missing_kinds: missingKinds };
}

function powercapDocument(text: string): Document {
  const { quantities, elapsedSeconds, badLines, isCut } = parsePowercapLog(text);
  const energy = quantities.map(quantityToJson);
  return { kind: "powercap", energy, elapsed_seconds: elapsedSeconds, bad_lines: badLines, is_cut: isCut };
}

async function nvidiaSmiDocument(input: ParseInput): Promise<Document> {
  const samples = querySamples(textOf(input.bytes));
  const statistics = queryStatistics();
  let step = await samples.next();
  for (; step.done !== true; step = await samples.next()) statistics.add(step.value);
  const gpus = statistics.result();
  const { badLines, isCut } = step.value;
  if (gpus.length === 0) {
    throw inputError(
      input.name,
      `expected a row below the header of nvidia-smi, found none, and ${badLines} other lines`,
    );
  }
  return { ...queryStatisticsToJson(gpus), kind: "nvidia-smi", bad_lines: badLines, is_cut: isCut };
}

async function logDocument(input: ParseInput, patterns: MetricPatterns | undefined): Promise<Document> {
  if (!patterns) throw inputError(input.name, "expected --pattern name=REGEX or --repo for a log, found neither");
  const { metrics, encoding } = await scanLog(input.bytes, { metrics: patterns });
  const records = metricsToJson(metrics);
  const json = metrics.map(({ name, outcome, value, line, text, unit, printed, hint }) => [
    name,
    outcome === "found"
      ? {
          value: value ?? null,
          line: line ?? null,
          ...(unit !== undefined && { unit }),
          ...(printed !== undefined && { printed }),
          ...(records[name]?.series && { series: records[name].series }),
        }
      : { value: null, line: line ?? null, outcome, text: text ?? null, hint: hint ?? null },
  ]);
  const { gb18030Lines, unreadable } = encoding;
  return {
    kind: "log",
    metrics: Object.fromEntries(json),
    ...(gb18030Lines > 0 && { gb18030_lines: gb18030Lines }),
    ...(unreadable > 0 && { unreadable_characters: unreadable }),
  };
}

async function wholeText(input: ParseInput): Promise<string> {
  let text = "";
  for await (const piece of textOf(input.bytes)) text += piece;
  return text;
}
