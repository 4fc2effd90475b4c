import { readCharacterClass } from "./character-class.ts";
import { ANY_CHARACTER } from "./character-escape.ts";
import { initialState, type ParserState } from "./parser-state.ts";
import { literalNode, readBackslash } from "./pattern-backslash.ts";
import { type PatternFlags, readGlobalFlags, skipIgnored } from "./pattern-flags.ts";
import { readGroup } from "./pattern-group.ts";
import type { PatternNode } from "./pattern-node.ts";
import { readQuantifier, repeatable } from "./pattern-quantifier.ts";
import type { PatternReader } from "./pattern-reader.ts";

/** Reads a whole Python pattern, leading `(?flags)` included. */
export function parsePythonPattern(reader: PatternReader): ParserState & { readonly node: PatternNode } {
  const state = initialState(reader);
  const node = parseChoice(state, readGlobalFlags(reader), 0);
  if (reader.peek() !== "") throw reader.error(`")" closes no group`);
  return Object.assign(state, { node });
}

/** Reads alternatives up to `)` or the end. */
function parseChoice(state: ParserState, flags: PatternFlags, depth: number): PatternNode {
  const first = parseSequence(state, flags, depth);
  const others: PatternNode[] = [];
  while (state.reader.accept("|")) {
    if (depth === 0) state.alternated = true;
    others.push(parseSequence(state, flags, depth));
  }
  return others.length === 0 ? first : { kind: "choice", branches: [first, ...others] };
}

function parseSequence(state: ParserState, flags: PatternFlags, depth: number): PatternNode {
  const { reader } = state;
  const items: PatternNode[] = [];
  let start = reader.position;
  for (;;) {
    skipIgnored(reader, flags);
    if (["", "|", ")"].includes(reader.peek())) break;
    const quantifier = readQuantifier(reader);
    if (quantifier !== undefined) {
      const body = repeatable(reader, items.pop());
      items.push({ kind: "repeat", body, ...quantifier, written: reader.slice(start) });
      continue;
    }
    start = reader.position;
    const item = parseItem(state, flags, depth);
    if (item !== undefined) items.push(item);
  }
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { kind: "sequence", items };
}

function parseItem(state: ParserState, flags: PatternFlags, depth: number): PatternNode | undefined {
  const { reader } = state;
  const start = reader.position;
  const character = reader.take();
  switch (character) {
    case "(":
      return readGroup(state, flags, { depth, start, readBody: parseChoice });
    case "[":
      return { kind: "char", js: readCharacterClass(reader), isWord: undefined };
    case "\\":
      return readBackslash(state);
    case ".":
      return { kind: "char", js: flags.dotAll ? ANY_CHARACTER : "[^\\n]", isWord: undefined };
    case "^":
      if (!flags.multiline) state.logAnchors.add("^");
      return { kind: "anchor", js: flags.multiline ? "(?<![^\\n])" : "^" };
    case "$":
      if (!flags.multiline) state.logAnchors.add("$");
      return { kind: "anchor", js: flags.multiline ? "(?![^\\n])" : "(?=\\n$|$)" };
    default:
      return literalNode(state, character.codePointAt(0) ?? 0);
  }
}
