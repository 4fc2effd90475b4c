import type { CompiledMetric } from "./compile-metric.ts";
import type { LineCounter } from "./line-counter.ts";
import type { LogWindow } from "./log-window.ts";
import { type MetricHit, MetricSearch } from "./metric-search.ts";
import type { Match } from "./pattern-search.ts";

/** The matches of a metric: how many, the first few of them and the last few. */
export interface MatchList {
  readonly name: string;
  readonly count: number;
  readonly first: readonly MetricHit[];
  readonly last: readonly MetricHit[];
}

/** Lists the matches of one metric, window by window, at most `kept` from the start and as many from the end. */
export class MatchLister {
  readonly #search: MetricSearch;
  readonly #kept: number;
  readonly #first: MetricHit[] = [];
  #last: MetricHit[] = [];
  #count = 0;

  constructor(metric: CompiledMetric, kept: number) {
    this.#search = new MetricSearch(metric);
    this.#kept = kept;
  }

  scan(window: LogWindow, lines: LineCounter): void {
    let matches: Match[] = [];
    this.#search.each(window, (match) => {
      this.#count += 1;
      if (this.#first.length < this.#kept) this.#first.push(this.#search.hit(match, window, lines));
      else matches.push(match);
      if (matches.length > 2 * this.#kept) matches = matches.slice(-this.#kept);
    });
    const hits = matches.slice(-this.#kept).map((match) => this.#search.hit(match, window, lines));
    if (this.#kept > 0) this.#last = [...this.#last, ...hits].slice(-this.#kept);
  }

  get list(): MatchList {
    return { name: this.#search.metric.name, count: this.#count, first: this.#first, last: this.#last };
  }
}
