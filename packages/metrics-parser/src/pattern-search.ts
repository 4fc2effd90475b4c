import type { CompiledPattern } from "./compile-python-regex.ts";
import type { LogWindow } from "./log-window.ts";
import { scanWindow } from "./scan-window.ts";
import { type SearchKey, searchKey } from "./search-key.ts";

/** A match: its groups, and where it starts and ends in the text of the window. */
export interface Match {
  readonly groups: readonly (string | undefined)[];
  readonly start: number;
  readonly end: number;
}

/** Looks for the matches of one pattern in windows, at the places that its key leaves over. */
export class PatternSearch {
  readonly #regex: RegExp;
  readonly #sticky: RegExp;
  readonly #key: SearchKey | undefined;

  constructor({ regex, node }: Pick<CompiledPattern, "regex" | "node">) {
    this.#regex = regex;
    this.#sticky = new RegExp(regex.source, "iuy");
    this.#key = searchKey(node);
  }

  /**
   * Calls `visit` with each match that starts at or after `position` (an offset in the log) and before the window's
   * limit; returns the offset at which the search goes on in the next window.
   */
  each(window: LogWindow, position: number, visit: (match: Match) => void): number {
    const { offset, limit, folded } = window;
    const from = Math.max(position, offset);
    const key = this.#key;
    const whole = (): number => scanWindow(this.#regex, window, from, (match) => visit(toMatch(match, 0)));
    if (key === undefined || folded === undefined) return whole();
    if (!key.isStart && !key.isOfOneLine) {
      return folded.includes(key.literal, from - offset) ? whole() : Math.max(from, offset + limit);
    }
    let end = from - offset;
    const visitAndNote = (match: Match): void => {
      visit(match);
      end = match.end;
    };
    if (key.isStart) this.#eachStart(window, end, key.literal, folded, visitAndNote);
    else this.#eachLine(window, end, key.literal, folded, visitAndNote);
    return offset + Math.max(end, limit);
  }

  /** As {@link PatternSearch.each}, but for the last match alone. */
  last(window: LogWindow, position: number): { readonly match: Match | undefined; readonly next: number } {
    const { folded, offset, limit } = window;
    const from = Math.max(position, offset);
    const key = this.#key;
    let match: Match | undefined;
    if (folded !== undefined && key?.isSeparate === true) match = this.#lastStart(window, from - offset, key, folded);
    else if (folded !== undefined && key?.isOfOneLine === true) {
      match = this.#lastInLines(window, from - offset, key, folded);
    } else {
      const next = this.each(window, from, (found) => {
        match = found;
      });
      return { match, next };
    }
    return { match, next: Math.max(from, offset + Math.max(limit, match?.end ?? 0)) };
  }

  #eachStart(window: LogWindow, from: number, literal: string, folded: string, visit: (match: Match) => void): void {
    let at = folded.indexOf(literal, from);
    while (at >= 0 && at < window.limit) {
      const match = this.#at(window.text, at);
      if (match !== undefined && isCut(match, window)) return;
      if (match !== undefined) visit(match);
      at = folded.indexOf(literal, match?.end ?? at + 1);
    }
  }

  #eachLine(window: LogWindow, from: number, literal: string, folded: string, visit: (match: Match) => void): void {
    let at = folded.indexOf(literal, from);
    while (at >= 0) {
      const start = lineStart(window.text, at);
      if (start >= window.limit) return;
      this.#inLine(window, start, Math.max(from, start), visit);
      at = folded.indexOf(literal, lineEnd(window.text, at));
    }
  }

  #lastStart(window: LogWindow, from: number, { literal }: SearchKey, folded: string): Match | undefined {
    for (let at = folded.lastIndexOf(literal, window.limit - 1); at >= from; at = before(folded, literal, at)) {
      const match = this.#at(window.text, at);
      if (match !== undefined && !isCut(match, window)) return match;
    }
    return undefined;
  }

  #lastInLines(window: LogWindow, from: number, { literal }: SearchKey, folded: string): Match | undefined {
    const { text, limit } = window;
    let at = folded.lastIndexOf(literal, lineEnd(text, limit - 1));
    while (at >= from && at >= 0) {
      const start = lineStart(text, at);
      let last: Match | undefined;
      this.#inLine(window, start, Math.max(from, start), (match) => {
        last = match;
      });
      if (last !== undefined) return last;
      at = before(folded, literal, start);
    }
    return undefined;
  }

  /** Visits the matches from `from` on in the line that starts at `start`. */
  #inLine(window: LogWindow, start: number, from: number, visit: (match: Match) => void): void {
    const line = window.text.slice(start, lineEnd(window.text, start));
    this.#regex.lastIndex = from - start;
    for (let found = this.#regex.exec(line); found !== null; found = this.#regex.exec(line)) {
      const match = toMatch(found, start);
      if (match.start >= window.limit || isCut(match, window)) return;
      visit(match);
    }
  }

  #at(text: string, at: number): Match | undefined {
    this.#sticky.lastIndex = at;
    const match = this.#sticky.exec(text);
    return match === null ? undefined : toMatch(match, 0);
  }
}

function toMatch(found: RegExpExecArray, offset: number): Match {
  const start = offset + found.index;
  return { groups: found, start, end: start + found[0].length };
}

/** Whether a match ends with its window: longer than the overlap, and perhaps cut. */
function isCut({ end }: Match, { text, isLast }: LogWindow): boolean {
  return !isLast && end === text.length;
}

function before(text: string, literal: string, at: number): number {
  return at === 0 ? -1 : text.lastIndexOf(literal, at - 1);
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
