import type { CompiledPattern } from "./compile-python-regex.ts";
import type { LogWindow } from "./log-window.ts";
import { parseNumber } from "./parse-number.ts";
import { PatternSearch } from "./pattern-search.ts";

/** Finds the epoch or step of a place: on its own line, else the latest one before it. */
export class XSearch {
  readonly #regex: RegExp;
  readonly #search: PatternSearch;
  #position = 0;
  /** Those of the window, in their order, after the latest one of earlier windows. */
  #found: { readonly start: number; readonly x: number | undefined }[] = [];
  #index = 0;

  constructor(pattern: CompiledPattern) {
    this.#regex = pattern.regex;
    this.#search = new PatternSearch(pattern);
  }

  /** Goes on to the next window. */
  enter(window: LogWindow): void {
    const x = this.#found.at(-1)?.x;
    this.#found = [{ start: Number.NEGATIVE_INFINITY, x }];
    this.#index = 0;
    this.#position = this.#search.each(window, this.#position, ({ start, groups }) => {
      this.#found.push({ start, x: numberOf(groups) });
    });
  }

  /** The x of a place of the window; the places have to be given in their order. */
  at(place: number, { line, start }: { readonly line: string; readonly start: number }): number | undefined {
    let own: { readonly x: number | undefined } | undefined;
    for (const match of line.matchAll(this.#regex)) {
      if (own !== undefined && start + match.index > place) break;
      own = { x: numberOf(match) };
    }
    if (own !== undefined) return own.x;
    while ((this.#found[this.#index + 1]?.start ?? Number.POSITIVE_INFINITY) <= place) this.#index += 1;
    return this.#found[this.#index]?.x;
  }
}

function numberOf(groups: readonly (string | undefined)[]): number | undefined {
  const reading = parseNumber((groups.length > 1 ? groups[1] : groups[0]) ?? "");
  return reading.kind === "finite" ? reading.value : undefined;
}
