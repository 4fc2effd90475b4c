import type { CompiledPattern } from "./compile-python-regex.ts";
import type { ExponentialReport } from "./exponential-backtracking.ts";
import type { PatternNode, RepeatNode } from "./pattern-node.ts";
import { withinTime } from "./within-time.ts";

/** What the analysis of a pattern may take; a pattern of a config takes 2 ms, on a busy machine a hundred times that. */
const ANALYSIS_LIMIT_MS = 5000;

/**
 * Why a pattern can take exponential time, naming its parts as they were written; `undefined` when the analysis finds
 * nothing or does not get through. Polynomial time is no danger here: a search has its own limit.
 */
export async function patternDanger({ regex, node }: CompiledPattern): Promise<string | undefined> {
  const repeats = repeatsOf(node);
  if (repeats.length < 2) return undefined;
  // 30 ms to load: only for who needs it
  const { exponentialBacktracking } = await import("./exponential-backtracking.ts");
  let reports: readonly ExponentialReport[] = [];
  withinTime(ANALYSIS_LIMIT_MS, () => {
    reports = exponentialBacktracking(regex.source);
  });
  const report = reports.find(({ type }) => type === "Self") ?? reports[0];
  if (report === undefined) return undefined;
  const written = ({ end }: { readonly end: number }): string => repeats[quantifiersIn(regex.source, end) - 1] ?? "";
  const example = JSON.stringify(report.character.pick.toLowerCase().repeat(4)).replace(/"$/, '…"');
  const ways = `a text such as ${example} can be divided in exponentially many ways, and when no match follows all are tried`;
  return report.type === "Self"
    ? `it can take for ever: ${written(report.quant)} repeats inside of ${written(report.parentQuant)}, so ${ways}`
    : `it can take for ever: ${written(report.startQuant)} and ${written(report.endQuant)} repeat together, so ${ways}`;
}

/** How many quantifiers end in the first `length` characters; emitted patterns have no other `{n,`. */
function quantifiersIn(emitted: string, length: number): number {
  return emitted.slice(0, length).match(/\{\d+,\d*\}/g)?.length ?? 0;
}

/** The Python texts of all repetitions, in the order of their quantifiers. */
function repeatsOf(node: PatternNode): readonly string[] {
  switch (node.kind) {
    case "sequence":
      return node.items.flatMap(repeatsOf);
    case "choice":
      return node.branches.flatMap(repeatsOf);
    case "group":
    case "look":
    case "atomic":
      return repeatsOf(node.body);
    case "repeat":
      return [...repeatsOf(node.body), ...Array.from({ length: emittedTimes(node) }, () => node.written)];
    default:
      return [];
  }
}

/** A possessive repetition with a maximum is written out for both of its ends. */
function emittedTimes({ mode, max }: RepeatNode): number {
  return mode === "possessive" && max !== Number.POSITIVE_INFINITY ? 2 : 1;
}
