import type { PatternNode } from "./pattern-node.ts";
import { boundaryText } from "./word-boundary.ts";

/** Makes the error for a construct that JavaScript cannot express. */
export type Unsupported = (problem: string) => Error;

/**
 * Writes a pattern as JavaScript, for a RegExp with the flags `iu`.
 *
 * @throws what `unsupported` makes, for atomic groups and possessive quantifiers beyond repeated single characters
 */
export function emitPattern(node: PatternNode, unsupported: Unsupported): string {
  const emit = (child: PatternNode): string => emitPattern(child, unsupported);
  switch (node.kind) {
    case "char":
    case "anchor":
      return node.js;
    case "boundary":
      return boundaryText(node.negated, [], []);
    case "backreference":
      return `(?:\\${node.group})`;
    case "sequence":
      return emitSequence(node.items, emit);
    case "choice":
      return node.branches.map(emit).join("|");
    case "group":
      if (node.capture === undefined) return `(?:${emit(node.body)})`;
      return `(${node.name === undefined ? "" : `?<${node.name}>`}${emit(node.body)})`;
    case "look":
      return `(?:(${node.opening}${emit(node.body)}))`;
    case "atomic":
      return emitAtomic(node.body, unsupported);
    case "repeat":
    default:
      if (node.mode === "possessive") return emitAtomic({ ...node, mode: "greedy" }, unsupported);
      return `${emit(node.body)}${quantifier(node.min, node.max)}${node.mode === "lazy" ? "?" : ""}`;
  }
}

function emitSequence(items: readonly PatternNode[], emit: (item: PatternNode) => string): string {
  const parts = items.map((item, index) =>
    item.kind === "boundary" ? boundaryText(item.negated, items.slice(0, index), items.slice(index + 1)) : emit(item),
  );
  return parts.join("");
}

function quantifier(min: number, max: number): string {
  return `{${min},${max === Number.POSITIVE_INFINITY ? "" : max}}`;
}

/** JavaScript has no atomic groups; what cannot be matched in two ways, or repeats one character at the end, needs none. */
function emitAtomic(node: PatternNode, unsupported: Unsupported): string {
  const parts = node.kind === "sequence" ? node.items : [node];
  const last = parts.at(-1);
  const before = parts.slice(0, -1);
  if (last === undefined || !before.every(hasOneWay)) throw refusal(unsupported);
  const end = hasOneWay(last) ? emitPattern(last, unsupported) : emitExhausted(last, unsupported);
  return `(?:${before.map((part) => emitPattern(part, unsupported)).join("")}${end})`;
}

function hasOneWay(node: PatternNode): boolean {
  switch (node.kind) {
    case "char":
    case "anchor":
    case "boundary":
    case "backreference":
    case "atomic":
      return true;
    case "look": // Python and JavaScript both never go back into a look-around
      return true;
    case "sequence":
      return node.items.every(hasOneWay);
    case "choice":
      return false;
    case "group":
      return hasOneWay(node.body);
    case "repeat":
    default:
      return node.mode === "possessive" || (node.min === node.max && hasOneWay(node.body));
  }
}

/** A greedy repetition of one character that gives nothing back: as many as there are, or its maximum. */
function emitExhausted(node: PatternNode, unsupported: Unsupported): string {
  if (node.kind !== "repeat" || node.mode !== "greedy") throw refusal(unsupported);
  const character = node.body;
  if (character.kind !== "char") throw refusal(unsupported);
  const fewer = (max: number): string => `${character.js}${quantifier(node.min, max)}(?!${character.js})`;
  if (node.max === Number.POSITIVE_INFINITY) return fewer(node.max);
  return `(?:${character.js}${quantifier(node.max, node.max)}|${fewer(node.max - 1)})`;
}

function refusal(unsupported: Unsupported): Error {
  return unsupported("an atomic group or possessive quantifier is supported for repeated single characters only");
}
