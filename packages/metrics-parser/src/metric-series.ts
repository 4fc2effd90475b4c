/** One match of a series. */
export interface SeriesPoint {
  /** The epoch or step; `undefined` without a pattern for it, or when none was found. */
  readonly x: number | undefined;
  /** `undefined` when the match is no finite number. */
  readonly value: number | undefined;
  /** The date and time on its line, as ISO 8601, without a zone when the line has none; `undefined` when it has none. */
  readonly time: string | undefined;
  readonly line: number;
}

/** Matches of a metric, thinned out when they are many. */
export interface MetricSeries {
  /** How many points there were. */
  readonly count: number;
  /** Each how many-th point is kept; the last one is kept in any case. */
  readonly every: number;
  readonly points: readonly SeriesPoint[];
}

/** More points than that are thinned out to half. */
const MAX_POINTS = 1000;

/** Collects a series of any length in constant memory; with `isOnePerX`, of points with the same x in a row the last one. */
export class SeriesBuilder {
  readonly #isOnePerX: boolean;
  #count = 0;
  #every = 1;
  #points: SeriesPoint[] = [];
  #last: SeriesPoint | undefined;

  constructor({ isOnePerX }: { readonly isOnePerX: boolean }) {
    this.#isOnePerX = isOnePerX;
  }

  add(point: SeriesPoint): void {
    const isAgain = this.#isOnePerX && point.x !== undefined && point.x === this.#last?.x;
    if (isAgain) {
      if (this.#points.at(-1) === this.#last) this.#points.pop();
      this.#count -= 1;
    }
    this.#last = point;
    if (this.#count % this.#every === 0) this.#points.push(point);
    this.#count += 1;
    if (this.#points.length <= MAX_POINTS) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
  }

  get series(): MetricSeries {
    const last = this.#last;
    const isKept = last === undefined || this.#points.at(-1) === last;
    return { count: this.#count, every: this.#every, points: isKept ? this.#points : [...this.#points, last] };
  }
}
