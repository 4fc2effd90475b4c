import { excerpt } from "./excerpt.ts";
import type { LineCounter } from "./line-counter.ts";
import type { LogWindow } from "./log-window.ts";
import { scanWindow } from "./scan-window.ts";

const CONTEXT_LENGTH = 100;

/** A text that shows that a training failed; `pattern` needs the flag `m` for `^` to mean the start of a line. */
export interface FatalPattern {
  readonly name: string;
  readonly pattern: RegExp;
}

/** The first match of a fatal pattern: its 1-based line, and of that line at most 200 characters around the match. */
export interface FatalMatch {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

/** Looks for the first match of one fatal pattern, window by window. */
export class FatalSearch {
  readonly name: string;
  readonly #regex: RegExp;
  #position = 0;
  #found: { readonly offset: number; readonly match: FatalMatch } | undefined;

  constructor({ name, pattern }: FatalPattern) {
    this.name = name;
    this.#regex = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, "")}g`);
  }

  /** The first match and its place in the log. */
  get found(): { readonly offset: number; readonly match: FatalMatch } | undefined {
    return this.#found;
  }

  scan(window: LogWindow, lines: LineCounter): void {
    if (this.#found !== undefined) return;
    this.#position = scanWindow(this.#regex, window, this.#position, ({ index }) => {
      this.#found ??= {
        offset: window.offset + index,
        match: { name: this.name, line: lines.lineAt(index), text: lineAround(window.text, index) },
      };
    });
  }
}

function lineAround(text: string, index: number): string {
  const lineStart = index === 0 ? 0 : text.lastIndexOf("\n", index - 1) + 1;
  const end = text.indexOf("\n", index);
  return excerpt(text.slice(Math.max(lineStart, index - CONTEXT_LENGTH), end < 0 ? text.length : end));
}
