import type { PatternNode, RepeatNode } from "./pattern-node.ts";
import type { PatternReader } from "./pattern-reader.ts";

type Quantifier = Omit<RepeatNode, "kind" | "body" | "written">;

/** The item before a quantifier, if Python lets it be repeated. */
export function repeatable(reader: PatternReader, item: PatternNode | undefined): PatternNode {
  if (item === undefined || item.kind === "anchor" || item.kind === "boundary")
    throw reader.error("a quantifier has nothing to repeat");
  if (item.kind === "repeat") throw reader.error("a quantifier follows a quantifier");
  return item;
}

/** Reads `* + ? {m,n}` with its `?` or `+`; `undefined`, and nothing is taken, where none stands. */
export function readQuantifier(reader: PatternReader): Quantifier | undefined {
  const bounds = readBounds(reader);
  if (bounds === undefined) return undefined;
  if (bounds.min > bounds.max) throw reader.error(`{${bounds.min},${bounds.max}} has its bounds the wrong way round`);
  return { ...bounds, mode: reader.accept("?") ? "lazy" : reader.accept("+") ? "possessive" : "greedy" };
}

function readBounds(reader: PatternReader): { readonly min: number; readonly max: number } | undefined {
  const start = reader.position;
  if (reader.accept("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (reader.accept("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (reader.accept("?")) return { min: 0, max: 1 };
  if (!reader.accept("{")) return undefined;
  const low = reader.takeWhile(/^[0-9]$/);
  const ranged = reader.accept(",");
  const high = ranged ? reader.takeWhile(/^[0-9]$/) : low;
  if (!reader.accept("}") || (low === "" && !ranged)) {
    reader.position = start; // not a quantifier: Python takes the brace literally
    return undefined;
  }
  return { min: Number(low), max: high === "" ? Number.POSITIVE_INFINITY : Number(high) };
}
