import type { PatternNode } from "./pattern-node.ts";

/**
 * Whether a search that starts at the start of any line finds the same matches from there on as one that started before:
 * no match reaches into the next line, or none reaches the start of another one.
 */
export function restartsAtLines(node: PatternNode): boolean {
  const items = flatten(node);
  return items.every(staysInLine) || isSeparate(items);
}

/** What a pattern surely takes one after another, groups opened. */
function flatten(node: PatternNode): readonly PatternNode[] {
  if (node.kind === "sequence") return node.items.flatMap(flatten);
  return node.kind === "group" ? flatten(node.body) : [node];
}

/** Whether matches begin with a text that cannot begin again inside of a match. */
function isSeparate(items: readonly PatternNode[]): boolean {
  const taking = items.filter(({ kind }) => kind !== "anchor" && kind !== "boundary" && kind !== "look");
  const end = taking.findIndex((item) => literalOf(item) === undefined);
  const text = taking.slice(0, end < 0 ? taking.length : end);
  const first = text[0] && literalOf(text[0]);
  if (first === undefined) return false;
  const beginsAt = (shift: number): boolean =>
    text.slice(shift).every((item, index) => canTake(item, literalOf(text[index] ?? item) ?? ""));
  if (text.some((_, shift) => shift > 0 && beginsAt(shift))) return false;
  return !taking.slice(text.length).some((item) => canTake(item, first));
}

function literalOf(node: PatternNode): string | undefined {
  return node.kind === "char" ? node.literal : undefined;
}

function canTake(node: PatternNode, character: string): boolean {
  switch (node.kind) {
    case "char":
      return new RegExp(`^${node.js}$`, "iu").test(character);
    case "anchor":
    case "boundary":
    case "look":
      return false;
    case "backreference":
      return true;
    case "sequence":
      return node.items.some((item) => canTake(item, character));
    case "choice":
      return node.branches.some((branch) => canTake(branch, character));
    default:
      return canTake(node.body, character);
  }
}

/** Whether a node takes no line break. */
function staysInLine(node: PatternNode): boolean {
  return node.kind === "look" ? true : !canTake(node, "\n");
}
