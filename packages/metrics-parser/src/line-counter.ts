import type { LogWindow } from "./log-window.ts";

/** Numbers the lines of a log, window by window. */
export class LineCounter {
  #offset = 0;
  #lineBreaks: number[] = [];
  #linesBefore = 0;
  #endsInBreak = true;

  /** Goes on to `window`, which overlaps the one before. */
  enter({ text, offset }: LogWindow): void {
    this.#linesBefore += firstAtLeast(this.#lineBreaks, offset - this.#offset);
    this.#offset = offset;
    this.#lineBreaks = [];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#lineBreaks.push(at);
    this.#endsInBreak = text === "" || text.endsWith("\n");
  }

  /** The 1-based line of a place in the window. */
  lineAt(index: number): number {
    return this.#linesBefore + firstAtLeast(this.#lineBreaks, index) + 1;
  }

  /** How many lines there were; one without a line break at its end counts. */
  get lines(): number {
    return this.#linesBefore + this.#lineBreaks.length + (this.#endsInBreak ? 0 : 1);
  }
}

/** How many of the ascending `values` are below `bound`. */
function firstAtLeast(values: readonly number[], bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
