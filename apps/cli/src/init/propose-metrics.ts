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

/** `performance_metrics` from what the script imports, or prints; `undefined` when neither looks like a metric. */
export function proposeMetrics(source: string): Readonly<Record<string, unknown>> | undefined {
  const [preset] = FRAMEWORKS.find(([, imported]) => imported.test(source)) ?? [];
  if (preset !== undefined) return { preset };
  const patterns = new Map<string, unknown>();
  for (const { text, end } of pythonStrings(source)) {
    if (text.length > 2000) continue;
    for (const [, name = "", between = "", value, percent] of text.matchAll(PRINTED)) {
      const isBeforeValue = value === undefined && between.trim() !== "" && /^\s*,/.test(source.slice(end, end + 20));
      if (value === undefined && !isBeforeValue) continue;
      const key = name
        .trim()
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "_")
        .replace(/_acc$|^acc$/, (acc) => `${acc}uracy`);
      const words = `${escaped(name)}${escaped(between.trimEnd())}${isBeforeValue || /\s$/.test(between) ? "\\s+" : ""}`;
      const pattern = `${words}${NUMBER}`;
      if (!patterns.has(key))
        patterns.set(key, percent ? { pattern: `${pattern}%`, as: "percent", required: "any" } : pattern);
    }
  }
  if (patterns.size === 0) return undefined;
  return { log_patterns: Object.fromEntries([...patterns].slice(0, MAX_METRICS)) };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
