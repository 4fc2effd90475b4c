import type { CharNode, PatternNode } from "./pattern-node.ts";

/** What a search may know of a pattern before it tries it anywhere; it makes the search faster and changes no match. */
export interface SearchKey {
  /** In lower case: a text that stands in every match. */
  readonly literal: string;
  /** Whether every match begins with it. */
  readonly isStart: boolean;
  /** Whether no match can reach the start of another one: `isStart`, and nothing after takes its first character. */
  readonly isSeparate: boolean;
  /** Whether a match lies in one line and sees nothing of the others. */
  readonly isOfOneLine: boolean;
}

/** Below that many characters a literal is too common to save anything. */
const MIN_LENGTH = 3;

/** The key of a pattern, `undefined` when no text of three characters stands in every match. */
export function searchKey(node: PatternNode): SearchKey | undefined {
  const items = flatten(node);
  const runs = runsOf(items);
  const [first] = runs;
  const longest = runs.toSorted((a, b) => b.text.length - a.text.length)[0];
  const start = first?.at === 0 && first.text.length >= MIN_LENGTH ? first : undefined;
  const literal = start ?? longest;
  if (literal === undefined || literal.text.length < MIN_LENGTH) return undefined;
  return {
    literal: literal.text,
    isStart: start !== undefined,
    isSeparate: start !== undefined && !canReachItself(start, items),
    isOfOneLine: items.every(staysInLine),
  };
}

/** What a pattern surely takes one after another, groups opened. */
function flatten(node: PatternNode): readonly PatternNode[] {
  if (node.kind === "sequence") return node.items.flatMap(flatten);
  return node.kind === "group" ? flatten(node.body) : [node];
}

interface Run {
  /** How many items that take something stand before it. */
  readonly at: number;
  /** The index of the item after it. */
  readonly end: number;
  readonly text: string;
}

/** Whether the literal at the start of a pattern could begin again inside of a match. */
function canReachItself({ text, end }: Run, items: readonly PatternNode[]): boolean {
  const inItself = Array.from(text).some((_, index) => index > 0 && text.startsWith(text.slice(index)));
  return inItself || items.slice(end).some((item) => canTake(item, text.charAt(0)));
}

/** The literal texts among the items; look-arounds and anchors stand between characters without parting them. */
function runsOf(items: readonly PatternNode[]): readonly Run[] {
  const runs: Run[] = [];
  let taken = 0;
  let run: Run | undefined;
  for (const [index, item] of items.entries()) {
    if (takesNothing(item)) continue;
    const character = item.kind === "char" ? plain(item) : undefined;
    if (character === undefined) run = undefined;
    else {
      const { at, text } = run ?? { at: taken, text: "" };
      if (run !== undefined) runs.pop();
      run = { at, end: index + 1, text: text + character };
      runs.push(run);
    }
    taken += 1;
  }
  return runs;
}

function takesNothing({ kind }: PatternNode): boolean {
  return kind === "anchor" || kind === "boundary" || kind === "look";
}

/** A literal whose only other case, if any, is the ASCII one; what else matches it is excluded from folded texts. */
function plain({ literal }: CharNode): string | undefined {
  if (literal === undefined || literal.length > 1) return undefined;
  const lower = literal.toLowerCase();
  const isCased = lower !== literal.toUpperCase();
  return !isCased || /^[a-z]$/.test(lower) ? lower : undefined;
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

/** Whether a node takes no line break, and finds at the ends of a line what it would find at those of the log. */
function staysInLine(node: PatternNode): boolean {
  switch (node.kind) {
    case "char":
      return !canTake(node, "\n");
    case "anchor":
      return node.js.includes("[^\\n]"); // of a line, not of the log
    case "boundary":
      return !node.negated; // \B depends on whether the whole text is empty
    case "backreference":
      return true; // of a group that takes none
    case "sequence":
      return node.items.every(staysInLine);
    case "choice":
      return node.branches.every(staysInLine);
    default:
      return staysInLine(node.body);
  }
}
