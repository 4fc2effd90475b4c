import { MetricsParserError } from "./errors.ts";

const MAX_QUOTED = 200;

/** A cursor over the code points of a Python pattern; what it cannot read becomes a `BAD_PATTERN` naming the place. */
export class PatternReader {
  position = 0;
  readonly #source: string;
  readonly #where: string | undefined;
  readonly #characters: readonly string[];

  constructor(source: string, where: string | undefined) {
    this.#source = source;
    this.#where = where;
    this.#characters = Array.from(source);
  }

  /** The character ahead, `""` at the end. */
  peek(offset = 0): string {
    return this.#characters[this.position + offset] ?? "";
  }

  take(): string {
    const character = this.peek();
    if (character !== "") this.position += 1;
    return character;
  }

  accept(character: string): boolean {
    if (this.peek() !== character) return false;
    this.position += 1;
    return true;
  }

  /** Takes up to `limit` characters that match `test`. */
  takeWhile(test: RegExp, limit = Number.POSITIVE_INFINITY): string {
    const start = this.position;
    while (this.position - start < limit && test.test(this.peek())) this.position += 1;
    return this.slice(start);
  }

  /** Takes everything up to `end`, and `end` itself. */
  takeUntil(end: string, what: string): string {
    const start = this.position;
    while (this.peek() !== "" && this.peek() !== end) this.position += 1;
    const text = this.slice(start);
    if (!this.accept(end)) throw this.error(`the ${what} is not closed by "${end}"`);
    return text;
  }

  slice(start: number, end = this.position): string {
    return this.#characters.slice(start, end).join("");
  }

  error(problem: string, options?: ErrorOptions): MetricsParserError {
    const owner = this.#where === undefined ? "pattern" : `pattern of ${this.#where}`;
    const quoted = this.#source.length > MAX_QUOTED ? `${this.#source.slice(0, MAX_QUOTED)}…` : this.#source;
    return new MetricsParserError("BAD_PATTERN", `Cannot use the ${owner}, "${quoted}": ${problem}`, options);
  }
}
