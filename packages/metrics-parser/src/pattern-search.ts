import type { CompiledPattern } from "./compile-python-regex.ts";
import type { LogWindow } from "./log-window.ts";
import { restartsAtLines } from "./restarts-at-lines.ts";
import { scanWindow } from "./scan-window.ts";

/** A match: its groups, and where it starts and ends in the text of the window. */
export interface Match {
  readonly groups: readonly (string | undefined)[];
  readonly start: number;
  readonly end: number;
}

/** How far from the end of a window its last match is looked for first; most metrics are printed more often. */
const TAIL_LENGTH = 65_536;

/** Looks for the matches of one pattern in windows. */
export class PatternSearch {
  readonly #regex: RegExp;
  readonly #restarts: boolean;

  constructor({ regex, node }: Pick<CompiledPattern, "regex" | "node">) {
    this.#regex = regex;
    this.#restarts = restartsAtLines(node);
  }

  /**
   * Calls `visit` with each match that starts at or after `position` (an offset in the log) and before the window's
   * limit; returns the offset at which the search goes on in the next window.
   */
  each(window: LogWindow, position: number, visit: (match: Match) => void): number {
    return scanWindow(this.#regex, window, Math.max(position, window.offset), (found) => {
      visit({ groups: found, start: found.index, end: found.index + found[0].length });
    });
  }

  /** As {@link PatternSearch.each}, but for the last match alone. */
  last(window: LogWindow, position: number): { readonly match: Match | undefined; readonly next: number } {
    const tail = this.#restarts ? window.offset + tailStart(window) : position;
    if (tail > position) {
      const found = this.#lastFrom(window, tail);
      if (found.match !== undefined) return found;
    }
    return this.#lastFrom(window, position);
  }

  #lastFrom(window: LogWindow, position: number): { readonly match: Match | undefined; readonly next: number } {
    let match: Match | undefined;
    const next = this.each(window, position, (found) => {
      match = found;
    });
    return { match, next };
  }
}

/** The start of the first line in the last stretch before the limit; 0 when there is none. */
function tailStart({ text, limit }: LogWindow): number {
  const start = text.indexOf("\n", limit - TAIL_LENGTH) + 1;
  return start < limit ? start : 0;
}
