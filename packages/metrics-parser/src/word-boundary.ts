import { categoryOf } from "./character-escape.ts";
import type { PatternNode } from "./pattern-node.ts";

const WORD = `[${categoryOf("w")?.set ?? ""}]`;

/**
 * JavaScript for `\b` or, `negated`, `\B` between two runs of nodes. Beside a character that is known to be of a word,
 * or known not to be, one look to the other side is enough: a search is a hundred times faster than with both.
 */
export function boundaryText(negated: boolean, before: readonly PatternNode[], after: readonly PatternNode[]): string {
  const next = edgeOf(after);
  if (next !== undefined) return `(?<${next === negated ? "=" : "!"}${WORD})`;
  const previous = edgeOf(before.toReversed(), true);
  if (previous !== undefined) return `(?${previous === negated ? "=" : "!"}${WORD})`;
  if (!negated) return `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;
  return `(?:(?<=${WORD})(?=${WORD})|(?!^$)(?<!${WORD})(?!${WORD}))`; // Python: none in an empty text
}

/** Whether the first character that `nodes` take, in their order, is one of a word; `undefined` when it can be both. */
function edgeOf(nodes: readonly PatternNode[], isReversed = false): boolean | undefined {
  const kinds = new Set<boolean | undefined>();
  for (const node of nodes) {
    if (node.kind === "anchor" || node.kind === "boundary" || node.kind === "look") continue;
    kinds.add(edgeOfNode(node, isReversed));
    if (node.kind === "repeat" && node.min === 0) continue;
    const [kind] = kinds;
    return kinds.size === 1 ? kind : undefined;
  }
  return undefined;
}

function edgeOfNode(node: PatternNode, isReversed: boolean): boolean | undefined {
  if (node.kind === "char") return node.isWord;
  if (node.kind === "group" || node.kind === "repeat") return edgeOf([node.body], isReversed);
  if (node.kind === "sequence") return edgeOf(isReversed ? node.items.toReversed() : node.items, isReversed);
  if (node.kind !== "choice") return undefined;
  const kinds = new Set(node.branches.map((branch) => edgeOf([branch], isReversed)));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}
