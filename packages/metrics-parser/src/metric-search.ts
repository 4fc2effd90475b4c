import type { CompiledMetric } from "./compile-metric.ts";
import { excerpt } from "./excerpt.ts";
import type { LineCounter } from "./line-counter.ts";
import type { LogWindow } from "./log-window.ts";
import type { NumberReading } from "./parse-number.ts";
import { type Match, PatternSearch } from "./pattern-search.ts";
import { type PrintedAs, printedAs } from "./printed-as.ts";
import { readMatch } from "./read-match.ts";

/** A match that counts. */
export interface MetricHit {
  readonly reading: NumberReading;
  readonly text: string;
  readonly line: number;
  readonly printed: PrintedAs | undefined;
}

/** Looks for the matches of one metric, window by window: the pattern's, and those of `nan` and `inf` in its place. */
export class MetricSearch {
  readonly metric: CompiledMetric;
  readonly #search: PatternSearch;
  readonly #notFinite: PatternSearch | undefined;
  readonly #indices: RegExp;
  #position = 0;
  #notFinitePosition = 0;
  /** Where the last match of the pattern itself ends in the log. */
  #end = 0;

  constructor(metric: CompiledMetric) {
    this.metric = metric;
    this.#search = new PatternSearch(metric.pattern);
    this.#notFinite = metric.notFinite && new PatternSearch(metric.notFinite);
    this.#indices = new RegExp(metric.pattern.regex.source, "diuy");
  }

  /** The last match of a window. */
  last(window: LogWindow, lines: LineCounter): MetricHit | undefined {
    const { match, next } = this.#search.last(window, this.#position);
    this.#position = next;
    if (match !== undefined) this.#notFinitePosition = window.offset + match.end;
    // `loss: ([0-9.]+)` passes over `loss: nan`: without this, an earlier epoch's value would be reported as the last
    const last = this.#lastNotFinite(window) ?? match;
    return last && this.hit(last, window, lines);
  }

  #lastNotFinite(window: LogWindow): Match | undefined {
    if (this.#notFinite === undefined || !window.mayHoldNotFinite) return undefined;
    const { match, next } = this.#notFinite.last(window, this.#notFinitePosition);
    this.#notFinitePosition = next;
    return match;
  }

  /** Calls `visit` with all matches of a window in their order. */
  each(window: LogWindow, visit: (match: Match) => void): void {
    const notFinite: Match[] = [];
    if (this.#notFinite !== undefined && window.mayHoldNotFinite) {
      this.#notFinitePosition = this.#notFinite.each(window, this.#notFinitePosition, (match) => {
        notFinite.push(match);
      });
    }
    let index = 0;
    const visitNotFinite = (before: number): void => {
      for (; (notFinite[index]?.start ?? before) < before; index += 1) {
        const match = notFinite[index];
        if (match !== undefined && window.offset + match.start >= this.#end) visit(match);
      }
    };
    this.#position = this.#search.each(window, this.#position, (match) => {
      visitNotFinite(match.start);
      visit(match);
      this.#end = window.offset + match.end;
    });
    visitNotFinite(Number.POSITIVE_INFINITY);
  }

  /** What a match of the window says. */
  hit(match: Match, { text }: LogWindow, lines: LineCounter): MetricHit {
    const { reading, text: captured } = readMatch(match, this.metric.given);
    return {
      reading,
      text: excerpt(captured),
      line: lines.lineAt(match.start),
      printed: reading.kind === "finite" ? this.#printed(match, text) : undefined,
    };
  }

  #printed({ start }: Match, text: string): PrintedAs | undefined {
    this.#indices.lastIndex = start;
    const { indices } = this.#indices.exec(text) ?? {};
    const [from, to] = indices?.[1] ?? indices?.[0] ?? [];
    return from === undefined || to === undefined
      ? undefined
      : printedAs(text.slice(from, to), text.slice(to, to + 40));
  }
}
