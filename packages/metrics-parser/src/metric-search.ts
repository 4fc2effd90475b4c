import { type CompiledPattern, compilePattern } from "./compile-python-regex.ts";
import { excerpt } from "./excerpt.ts";
import type { LineCounter } from "./line-counter.ts";
import type { LogWindow } from "./log-window.ts";
import { type NumberReading, parseNumber } from "./parse-number.ts";
import { scanWindow } from "./scan-window.ts";

/** The match that counts so far. */
export interface MetricHit {
  readonly reading: NumberReading;
  readonly text: string;
  readonly line: number;
}

/** Looks for the last match of one pattern, window by window. */
export class MetricSearch {
  readonly pattern: CompiledPattern;
  readonly #notFinite: RegExp | undefined;
  #hit: MetricHit | undefined;
  #position = 0;
  #notFinitePosition = 0;

  constructor(name: string, source: string) {
    const where = `the metric ${name}`;
    this.pattern = compilePattern(source, { where });
    this.#notFinite = notFiniteRegex(this.pattern, where);
  }

  get hit(): MetricHit | undefined {
    return this.#hit;
  }

  scan(window: LogWindow, lines: LineCounter): void {
    let last: RegExpExecArray | undefined;
    this.#position = scanWindow(this.pattern.regex, window, this.#position, (match) => {
      last = match;
    });
    if (last !== undefined) {
      this.#hit = toHit(last, lines);
      this.#notFinitePosition = window.offset + last.index + last[0].length;
    }
    if (this.#notFinite === undefined) return;
    // `loss: ([0-9.]+)` passes over `loss: nan`: without this, an earlier epoch's value would be reported as the last
    this.#notFinitePosition = scanWindow(this.#notFinite, window, this.#notFinitePosition, (match) => {
      this.#hit = toHit(match, lines);
    });
  }
}

function notFiniteRegex({ prefix }: CompiledPattern, where: string): RegExp | undefined {
  if (prefix === undefined) return undefined;
  return compilePattern(`${prefix}([-+]?(?:nan|inf(?:inity)?)\\b)`, { where }).regex;
}

function toHit(match: RegExpExecArray, lines: LineCounter): MetricHit {
  const captured = match.length > 1 ? (match[1] ?? "") : match[0];
  return { reading: parseNumber(captured), text: excerpt(captured), line: lines.lineAt(match.index) };
}
