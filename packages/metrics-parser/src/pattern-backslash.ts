import { categoryOf, categoryText, literalText, readEscape } from "./character-escape.ts";
import type { ParserState } from "./parser-state.ts";
import type { PatternNode } from "./pattern-node.ts";

// What is in no list can be both
const WORDNESS: ReadonlyMap<string, boolean> = new Map([
  ["d", true],
  ["w", true],
  ["s", false],
  ["W", false],
]);
const ANCHORS: ReadonlyMap<string, PatternNode> = new Map<string, PatternNode>([
  ["A", { kind: "anchor", js: "^" }],
  ["Z", { kind: "anchor", js: "$" }],
  ["z", { kind: "anchor", js: "$" }], // Python 3.14's name for \Z
  ["b", { kind: "boundary", negated: false }],
  ["B", { kind: "boundary", negated: true }],
]);

/** A literal character. */
export function literalNode(state: ParserState, codePoint: number): PatternNode {
  const character = String.fromCodePoint(codePoint);
  if (state.groups === 0 && /^[\p{L}\p{N}]$/u.test(character)) state.namesSomething = true;
  const isWord = /^[\p{L}\p{N}_]$/u.test(character);
  return { kind: "char", js: literalText(codePoint), isWord, literal: character };
}

/** Reads what a backslash outside of a set starts; the backslash itself was taken. */
export function readBackslash(state: ParserState): PatternNode {
  const { reader } = state;
  const letter = reader.peek();
  const category = categoryOf(letter);
  if (category !== undefined) {
    reader.take();
    return { kind: "char", js: categoryText(category), isWord: WORDNESS.get(letter) };
  }
  const anchor = ANCHORS.get(letter);
  if (anchor !== undefined) {
    reader.take();
    return anchor;
  }
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
