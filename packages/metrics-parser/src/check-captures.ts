import { type PatternNode, type RepeatNode, type Width, widthOf } from "./pattern-node.ts";

/** What the check needs of its surroundings. */
export interface CaptureContext {
  readonly widths: ReadonlyMap<number, Width>;
  readonly error: (problem: string) => Error;
}

type Place = readonly PatternNode[];

/**
 * Refuses the two constructs whose groups hold something else in JavaScript: a reference to a group that may not have
 * taken part (Python: no match; JavaScript: matches nothing), and a group that the last round of a repetition may skip
 * (Python keeps the text of the round before; JavaScript forgets it).
 *
 * @throws what `error` makes
 */
export function checkCaptures(node: PatternNode, context: CaptureContext): void {
  visit(node, [], new Map(), context);
}

/** `place` holds the nodes around this one that may leave it out. */
function visit(node: PatternNode, place: Place, groups: Map<number, Place>, context: CaptureContext): void {
  switch (node.kind) {
    case "char":
    case "anchor":
    case "boundary":
      return;
    case "backreference":
      if (groups.get(node.group)?.some((optional) => !place.includes(optional))) {
        throw context.error(`\\${node.group} refers to a group that may not take part in the match`);
      }
      return;
    case "sequence":
      for (const item of node.items) visit(item, place, groups, context);
      return;
    case "choice":
      for (const branch of node.branches) visit(branch, [...place, branch], groups, context);
      return;
    case "group":
      if (node.capture !== undefined) groups.set(node.capture, place);
      visit(node.body, place, groups, context);
      return;
    case "look":
      visit(node.body, node.opening.endsWith("!") ? [...place, node] : place, groups, context);
      return;
    case "atomic":
      visit(node.body, place, groups, context);
      return;
    case "repeat":
      visitRepeat(node, place, groups, context);
  }
}

function visitRepeat(node: RepeatNode, place: Place, groups: Map<number, Place>, context: CaptureContext): void {
  const inside = node.min === 0 ? [...place, node] : place;
  const before = new Set(groups.keys());
  visit(node.body, inside, groups, context);
  const captured = [...groups].filter(([group]) => !before.has(group));
  if (node.max <= 1 || captured.length === 0) return;
  if (captured.some(([, where]) => where.length > inside.length)) {
    throw context.error("a repetition holds a group that some of its rounds may skip");
  }
  if (widthOf(node.body, context.widths).min === 0) {
    throw context.error("a repetition holds a group and can repeat without taking a character");
  }
}
