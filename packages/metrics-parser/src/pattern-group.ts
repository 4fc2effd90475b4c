import type { ParserState } from "./parser-state.ts";
import { backreference } from "./pattern-backslash.ts";
import { type PatternFlags, readFlags, startsFlags } from "./pattern-flags.ts";
import { type PatternNode, widthOf } from "./pattern-node.ts";

const MAX_DEPTH = 100;

/** Where a group stands and how its inside is read. */
export interface GroupContext {
  readonly depth: number;
  readonly start: number;
  readonly readBody: (state: ParserState, flags: PatternFlags, depth: number) => PatternNode;
}

/** Reads a group whose `(` was just taken; `undefined` for a comment. */
export function readGroup(state: ParserState, flags: PatternFlags, context: GroupContext): PatternNode | undefined {
  const { reader } = state;
  if (!reader.accept("?")) return readCapture(state, flags, context);
  if (startsFlags(reader.peek())) return readFlagged(state, flags, context);
  const kind = reader.take();
  switch (kind) {
    case "P":
      return readPython(state, flags, context);
    case "#":
      reader.takeUntil(")", "comment (?#…");
      return undefined;
    case ":":
      return { kind: "group", body: readBody(state, flags, context), capture: undefined, name: undefined };
    case ">":
      return { kind: "atomic", body: readBody(state, flags, context) };
    case "=":
    case "!":
      return { kind: "look", opening: `?${kind}`, body: readBody(state, flags, context) };
    case "<":
      return readLookBehind(state, flags, context);
    case "(":
      throw reader.error(`the conditional (?(${reader.takeUntil(")", "condition")})…) is not supported`);
    default:
      throw reader.error(`(?${kind} starts no group that Python knows`);
  }
}

function readBody(state: ParserState, flags: PatternFlags, { depth, readBody: read }: GroupContext): PatternNode {
  if (depth >= MAX_DEPTH) throw state.reader.error(`its groups are nested more than ${MAX_DEPTH} deep`);
  const body = read(state, flags, depth + 1);
  if (!state.reader.accept(")")) throw state.reader.error(`a group is not closed by ")"`);
  return body;
}

function readCapture(state: ParserState, flags: PatternFlags, context: GroupContext, name?: string): PatternNode {
  state.groups += 1;
  const capture = state.groups;
  if (capture === 1 && context.depth === 0 && !state.alternated) state.firstCapture = context.start;
  if (name !== undefined) {
    if (state.names.has(name)) throw state.reader.error(`the group name "${name}" is used twice`);
    state.names.set(name, capture);
  }
  state.openGroups.add(capture);
  const body = readBody(state, flags, context);
  state.openGroups.delete(capture);
  state.widths.set(capture, widthOf(body, state.widths));
  return { kind: "group", body, capture, name };
}

function readPython(state: ParserState, flags: PatternFlags, context: GroupContext): PatternNode {
  const { reader } = state;
  if (reader.accept("<")) {
    const name = reader.takeUntil(">", "group name");
    if (!/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name)) throw reader.error(`"${name}" is no group name`);
    return readCapture(state, flags, context, name);
  }
  if (reader.accept("=")) {
    const name = reader.takeUntil(")", "group reference");
    return backreference(state, state.names.get(name) ?? 0, `(?P=${name})`);
  }
  throw reader.error(`(?P${reader.peek()} starts no group that Python knows`);
}

function readLookBehind(state: ParserState, flags: PatternFlags, context: GroupContext): PatternNode {
  const { reader } = state;
  const sign = reader.take();
  if (sign !== "=" && sign !== "!") throw reader.error(`(?<${sign} starts no group that Python knows`);
  const outer = state.groupsBeforeLookBehind;
  state.groupsBeforeLookBehind ??= state.groups;
  const body = readBody(state, flags, context);
  state.groupsBeforeLookBehind = outer;
  const { min, max } = widthOf(body, state.widths);
  if (min !== max) throw reader.error(`the look-behind (?<${sign}…) has no fixed width`);
  return { kind: "look", opening: `?<${sign}`, body };
}

function readFlagged(state: ParserState, flags: PatternFlags, context: GroupContext): PatternNode {
  const { reader } = state;
  const inner = readFlags(reader, flags);
  if (reader.peek() === ")") throw reader.error("(?flags) without a colon stand at the very start, or not at all");
  if (!reader.accept(":")) throw reader.error(`the flags of a group are followed by "${reader.peek()}", not ":"`);
  return { kind: "group", body: readBody(state, inner, context), capture: undefined, name: undefined };
}
