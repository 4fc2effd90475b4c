import type { MissingKind } from "./missing-kind.ts";
import type { TimeSummary } from "./time-series.ts";

/** Statistics of one column; what no value supports is `undefined`, never 0. */
export interface ColumnSummary {
  /** How many rows have a number in this column. */
  readonly count: number;
  /** How many rows have none: empty, `[N/A]`, text, or a number in another unit than the first one's. */
  readonly missing: number;
  /** `sum` / `count` */
  readonly avg: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly sum: number | undefined;
  /** Of the sample (n − 1), by Welford's method; `undefined` with fewer than two numbers or beyond the largest number. */
  readonly variance: number | undefined;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Why rows have no number; only what occurred. */
  readonly missingKinds: Readonly<Partial<Record<MissingKind, number>>>;
  /** Over the time column; only where one was named. */
  readonly overTime?: TimeSummary | undefined;
}

/** Takes the numbers of a column one by one, with a compensated (Neumaier) sum. */
export class ColumnAccumulator {
  #count = 0;
  #sum = 0;
  #compensation = 0;
  #mean = 0;
  /** Sum of the squared differences from the mean. */
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #first = 0;
  #last = 0;
  readonly #missing = new Map<MissingKind, number>();

  /** Takes a finite number. */
  add(value: number): void {
    this.#addToSum(value);
    if (this.#count === 0) this.#first = value;
    this.#last = value;
    this.#count += 1;
    const difference = value - this.#mean;
    this.#mean += difference / this.#count;
    this.#squares += difference * (value - this.#mean);
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  /** Counts a row without one. */
  miss(kind: MissingKind, count = 1): void {
    this.#missing.set(kind, (this.#missing.get(kind) ?? 0) + count);
  }

  /** Adds what `next` has taken, as if it had come after all that this one has taken (Chan et al. 1979). */
  merge(next: ColumnAccumulator): void {
    for (const [kind, count] of next.#missing) this.miss(kind, count);
    if (next.#count === 0) return;
    if (this.#count === 0) this.#first = next.#first;
    this.#last = next.#last;
    this.#addToSum(next.#sum);
    this.#compensation += next.#compensation;
    const count = this.#count + next.#count;
    const difference = next.#mean - this.#mean;
    this.#squares += next.#squares + difference * difference * ((this.#count * next.#count) / count);
    this.#mean += difference * (next.#count / count);
    this.#count = count;
    this.#min = Math.min(this.#min, next.#min);
    this.#max = Math.max(this.#max, next.#max);
  }

  /** The statistics so far. */
  summary(): ColumnSummary {
    const count = this.#count;
    const missing = [...this.#missing.values()].reduce((total, times) => total + times, 0);
    const missingKinds = Object.fromEntries(this.#missing);
    if (count === 0) return { ...NOTHING, missing, missingKinds };
    // Beyond the largest number the compensation is NaN, and the plain sum says so by Infinity
    const sum = Number.isFinite(this.#sum) ? this.#sum + this.#compensation : this.#sum;
    const variance = count > 1 && Number.isFinite(this.#squares) ? this.#squares / (count - 1) : undefined;
    const [min, max, first, last] = [this.#min, this.#max, this.#first, this.#last];
    return { count, missing, avg: sum / count, min, max, sum, variance, first, last, missingKinds };
  }

  #addToSum(value: number): void {
    const sum = this.#sum + value;
    this.#compensation += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
  }
}

const NOTHING = {
  count: 0,
  avg: undefined,
  min: undefined,
  max: undefined,
  sum: undefined,
  variance: undefined,
  first: undefined,
  last: undefined,
} as const;
