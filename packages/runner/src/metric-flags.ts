import type { LogScan, MetricResult } from "@ea/metrics-parser";
import type { Flag } from "@ea/records";

/** The metrics that were found, by name. */
export function foundMetrics(metrics: readonly MetricResult[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    metrics.flatMap(({ name, outcome, value }) => (outcome === "found" && value !== undefined ? [[name, value]] : [])),
  );
}

/** What a reader of the metrics should know: those that were not found or say something else than a plain number. */
export function logFlags({ metrics, fatalGivenUp, encoding }: LogScan): readonly Flag[] {
  const flags = metrics.flatMap(metricFlags);
  if (fatalGivenUp.length > 0) {
    const message = "a fatal pattern took too long on this log and was given up: whether it matches is not known";
    flags.push({ code: "fatal-pattern-too-slow", severity: "warning", message, evidence: { patterns: fatalGivenUp } });
  }
  const { name, gb18030Lines, unreadable } = encoding;
  const evidence = { name, gb18030_lines: gb18030Lines, unreadable };
  if (gb18030Lines > 0) {
    const message = `${gb18030Lines} lines of the log are no ${name}, and were read as GB18030`;
    flags.push({ code: "metric-log-encoding", severity: "info", message, evidence });
  }
  if (unreadable > 0 && metrics.some(({ outcome }) => outcome === "missing")) {
    const message = `${unreadable} characters of the log are no ${name}: no pattern finds what stands there`;
    flags.push({ code: "metric-log-encoding", severity: "warning", message, evidence });
  }
  return flags;
}

function metricFlags(metric: MetricResult): Flag[] {
  const { name, outcome, printed, unit, richForm, required, line, text, notFinite } = metric;
  const evidence = { metric: name, line: line ?? null, text: text ?? null };
  const flag = (code: string, severity: Flag["severity"], message: string): Flag => ({
    code,
    severity,
    message: `metric ${name}: ${message}`,
    evidence,
  });
  if (outcome !== "found") {
    // Of a ready-made set nobody prints all
    if (outcome === "missing" && richForm && required === "any") return [];
    return [flag(outcome === "missing" ? "metric-missing" : `metric-${outcome}`, "warning", describeMetric(metric))];
  }
  const flags: Flag[] = [];
  if (printed === "count" && unit === undefined) flags.push(flag("metric-count", "warning", describeCount(metric)));
  if (printed === "percent") flags.push(flag("metric-percent", "info", `${text} is printed with %, and recorded so`));
  if (notFinite !== undefined && notFinite > 0) {
    flags.push(flag("metric-some-not-finite", "warning", `${notFinite} of its matches are no finite number`));
  }
  return flags;
}

/** How the search for a metric ended, in words. */
export function describeMetric(metric: MetricResult): string {
  const { outcome, text, line, hint } = metric;
  const where = line === undefined ? "" : ` (line ${line} of the log)`;
  switch (outcome) {
    case "missing":
      return `its pattern matched nothing${hint === undefined ? "" : `; ${hint}`}`;
    case "not-finite":
      return `${text} is not finite${where}`;
    case "not-a-number":
      return `"${text}" is not a number${where}`;
    case "out-of-range":
      return `${text} is out of range${where}`;
    case "count":
      return describeCount(metric);
    case "too-slow":
      return `its pattern took too long on this log and was given up; ${hint}`;
    case "found":
      return text ?? "";
  }
}

function describeCount({ text, line, hint }: MetricResult): string {
  return `${text} (line ${line} of the log) is a count, a number follows its "/"; ${hint}`;
}
