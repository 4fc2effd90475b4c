import type { Width } from "./pattern-node.ts";
import type { PatternReader } from "./pattern-reader.ts";

/** What is known so far while a pattern is read. */
export interface ParserState {
  readonly reader: PatternReader;
  readonly names: Map<string, number>;
  readonly openGroups: Set<number>;
  readonly widths: Map<number, Width>;
  groups: number;
  /** The number of groups before the outermost look-behind that is being read. */
  groupsBeforeLookBehind: number | undefined;
  /** Where the first capturing group starts, when it stands at the top level before any `|`. */
  firstCapture: number | undefined;
  alternated: boolean;
  /** Whether a literal letter or digit came before the first capturing group. */
  namesSomething: boolean;
  readonly logAnchors: Set<"^" | "$">;
}

/** The state before the first character is read. */
export function initialState(reader: PatternReader): ParserState {
  return {
    reader,
    names: new Map(),
    openGroups: new Set(),
    widths: new Map(),
    groups: 0,
    groupsBeforeLookBehind: undefined,
    firstCapture: undefined,
    alternated: false,
    namesSomething: false,
    logAnchors: new Set(),
  };
}
