import { table } from "../format.ts";
import type { ShownMatch, TestDocument, TestedMetric } from "./test-log.ts";

/** The document of `ea metrics test` for people. */
export function testText({ log, lines, encoding, metrics, recorded }: TestDocument): string {
  const { gb18030_lines, unreadable } = encoding;
  const chinese = gb18030_lines === 0 ? "" : `, ${gb18030_lines} of them GB18030`;
  const rest = unreadable === 0 ? "" : `, ${unreadable} characters unreadable`;
  const head = `${log}: ${lines} lines, ${encoding.name}${chinese}${rest}\n`;
  const entries = Object.entries(metrics);
  const rows = entries.map(([name, metric]) => [
    name,
    metric.outcome,
    valueText(metric),
    metric.line === null ? undefined : String(metric.line),
    String(metric.matches.count),
    metric.aggregation,
    metric.required === true ? "yes" : metric.required === "any" ? "one of these" : "no",
  ]);
  const overview = table(["metric", "outcome", "value", "line", "matches", "counts", "required"], rows);
  const details = entries.map(([name, metric]) => `\n${detail(name, metric)}`).join("");
  return `${head}\n${overview}${details}\n${verdict(recorded)}`;
}

function valueText({ value, text, unit }: TestedMetric): string | undefined {
  if (value === null) return text === null ? undefined : `(${text})`;
  return unit === null ? String(value) : `${value} ${unit}`;
}

function detail(name: string, { pattern, matches, hint }: TestedMetric): string {
  const { pattern: source, ...rest } = typeof pattern === "string" ? { pattern } : pattern;
  const settings = Object.keys(rest).length === 0 ? "" : `  ${JSON.stringify(rest)}`;
  const { count, first, last } = matches;
  const left = count - first.length - last.length;
  const between = left > 0 ? [`  … ${left} more`] : [];
  const lines = [...first.map(matchText), ...between, ...last.map(matchText)];
  const none = lines.length === 0 ? ["  no match"] : [];
  const advice = hint === null ? [] : [`  hint: ${hint}`];
  return [`${name}  ${source}${settings}`, ...lines, ...none, ...advice, ""].join("\n");
}

function matchText({ line, text, value }: ShownMatch): string {
  const reading = value === null ? ", no finite number" : value === Number(text) ? "" : ` = ${value}`;
  return `  line ${line}: ${text}${reading}`;
}

function verdict({
  status,
  failure_class,
  error_message,
  performance_metrics,
  flags,
}: TestDocument["recorded"]): string {
  const outcome = failure_class === null ? status : `${status} (${failure_class}): ${error_message}`;
  return [
    `A run that exits with 0 and leaves this log: ${outcome}`,
    `  performance_metrics ${JSON.stringify(performance_metrics)}`,
    ...flags.map(({ code, message }) => `  ${code}: ${message}`),
    "",
  ].join("\n");
}
