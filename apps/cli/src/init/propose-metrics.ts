import { pythonStrings } from "./python-source.ts";

const FRAMEWORKS: readonly (readonly [preset: string, imported: RegExp])[] = [
  ["ultralytics", /^\s*(?:from|import)\s+ultralytics\b/m],
  ["huggingface", /^\s*from\s+transformers\s+import\s[\s\S]{0,2000}?\b(?:Seq2Seq)?Trainer\b/m],
  ["lightning", /^\s*(?:from|import)\s+(?:lightning|pytorch_lightning)\b/m],
  ["keras", /^\s*(?:from|import)\s+(?:keras|tensorflow)\b/m],
];

const WORD =
  "acc(?:uracy)?|loss|f1(?:[ _-]score)?|precision|recall|auc|mAP|bleu|rouge|rmse|mae|mse|perplexity|ppl|error|top-?[15]";
const NAME = `((?:[A-Za-z]+[ _])?(?:[A-Za-z]+[ _])?(?:${WORD}))`;
/** A metric and what a number is put into: `{loss:.4f}`, `%.4f`, or the end of a text that print goes on after. */
const PRINTED = new RegExp(`\\b${NAME}(\\s*[:=]?\\s*)(?:(\\{[^{}]*\\}|%[-+ 0-9.]*[dfges])(%{1,2})?|$)`, "gi");
const NUMBER = "([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)";
const MAX_METRICS = 12;
const MAX_TEXT = 2000;

/** `performance_metrics` from what the script imports, or prints; `undefined` when neither looks like a metric. */
export function proposeMetrics(source: string): Readonly<Record<string, unknown>> | undefined {
  const [preset] = FRAMEWORKS.find(([, imported]) => imported.test(source)) ?? [];
  if (preset !== undefined) return { preset };
  const found = printedMetrics(source);
  if (found.length === 0) return undefined;
  const patterns = found.map(({ key, name, after, isPercent }) => {
    // `loss` is no part of `Test loss`: the last match counts, whatever it is of
    const longer = found.filter((other) => other.name.toLowerCase().endsWith(name.toLowerCase()) && other.key !== key);
    const others = longer.map((other) => `(?<!${escaped(other.name.slice(0, -name.length))})`);
    const pattern = `\\b${[...new Set(others)].join("")}${escaped(name)}${after}${NUMBER}`;
    return [key, isPercent ? { pattern: `${pattern}%`, as: "percent", required: "any" } : pattern];
  });
  return { log_patterns: Object.fromEntries(patterns) };
}

/** What a script prints a number after. */
interface PrintedMetric {
  readonly key: string;
  /** As it is printed. */
  readonly name: string;
  /** Pattern of what stands between the name and the number. */
  readonly after: string;
  readonly isPercent: boolean;
}

function printedMetrics(source: string): readonly PrintedMetric[] {
  const metrics = new Map<string, PrintedMetric>();
  for (const { text, end } of pythonStrings(source)) {
    if (text.length > MAX_TEXT) continue;
    for (const [, name = "", between = "", value, percent] of text.matchAll(PRINTED)) {
      const isBeforeValue = value === undefined && between.trim() !== "" && /^\s*,/.test(source.slice(end, end + 20));
      if (value === undefined && !isBeforeValue) continue;
      const key = name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "_")
        .replace(/(^|_)acc$/, "$1accuracy");
      const after = `${escaped(between.trimEnd())}${isBeforeValue || /\s$/.test(between) ? "\\s+" : ""}`;
      if (!metrics.has(key)) metrics.set(key, { key, name, after, isPercent: percent !== undefined });
    }
  }
  return [...metrics.values()].slice(0, MAX_METRICS);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
