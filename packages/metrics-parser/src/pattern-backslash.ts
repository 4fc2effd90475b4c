import { categoryOf, categoryText, literalText, readEscape } from "./character-escape.ts";
import type { ParserState } from "./parser-state.ts";
import type { PatternNode } from "./pattern-node.ts";

/** A literal character. */
export function literalNode(state: ParserState, codePoint: number): PatternNode {
  if (state.groups === 0 && /^[\p{L}\p{N}]$/u.test(String.fromCodePoint(codePoint))) state.namesSomething = true;
  return { kind: "char", js: literalText(codePoint) };
}

/** Reads what a backslash outside of a set starts; the backslash itself was taken. */
export function readBackslash(state: ParserState): PatternNode {
  const { reader } = state;
  const letter = reader.peek();
  const category = categoryOf(letter);
  const anchor = anchorText(letter);
  if (category !== undefined || anchor !== undefined) reader.take();
  if (category !== undefined) return { kind: "char", js: categoryText(category) };
  if (anchor !== undefined) return { kind: "anchor", js: anchor };
  if (/^[0-9]$/.test(letter)) return readNumbered(state);
  return literalNode(state, readEscape(reader));
}

/** A reference to a group that is closed and, in a look-behind, stands before it, as Python demands. */
export function backreference({ reader, ...state }: ParserState, group: number, written: string): PatternNode {
  if (group < 1 || group > state.groups) throw reader.error(`${written} refers to no group before it`);
  if (state.openGroups.has(group)) throw reader.error(`${written} refers to a group that is still open`);
  if (state.groupsBeforeLookBehind !== undefined && group > state.groupsBeforeLookBehind) {
    throw reader.error(`${written} refers to a group of its own look-behind`);
  }
  return { kind: "backreference", group };
}

const WORD = categoryOf("w")?.set ?? "";

function anchorText(letter: string): string | undefined {
  switch (letter) {
    case "A":
      return "^";
    case "Z":
    case "z": // Python 3.14's name for \Z
      return "$";
    case "b":
      return `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
    case "B":
      // Python: never in an empty text
      return `(?:(?<=[${WORD}])(?=[${WORD}])|(?!^$)(?<![${WORD}])(?![${WORD}]))`;
    default:
      return undefined;
  }
}

/** Python: octal after `\0` or with three octal digits, a group otherwise. */
function readNumbered(state: ParserState): PatternNode {
  const { reader } = state;
  const start = reader.position;
  const octal = reader.takeWhile(/^[0-7]$/, 3);
  if (octal.startsWith("0") || octal.length === 3) {
    const codePoint = Number.parseInt(octal, 8);
    if (codePoint > 0o377) throw reader.error(`the octal escape \\${octal} is above \\377`);
    return literalNode(state, codePoint);
  }
  reader.position = start;
  const digits = reader.takeWhile(/^[0-9]$/, 2);
  return backreference(state, Number(digits), `\\${digits}`);
}
