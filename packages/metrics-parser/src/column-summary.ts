/** Statistics of one column; what no value supports is `undefined`, never 0. */
export interface ColumnSummary {
  /** How many rows have a number in this column. */
  readonly count: number;
  /** How many rows have none: empty, `[N/A]`, text, or a number in another unit than the first one's. */
  readonly missing: number;
  readonly avg: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly sum: number | undefined;
}

/** Takes the numbers of a column one by one, with a compensated (Neumaier) sum. */
export class ColumnAccumulator {
  #count = 0;
  #missing = 0;
  #sum = 0;
  #compensation = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(value: number | undefined): void {
    if (value === undefined) {
      this.#missing += 1;
      return;
    }
    const sum = this.#sum + value;
    this.#compensation += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
    this.#count += 1;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  summary(): ColumnSummary {
    const count = this.#count;
    const missing = this.#missing;
    if (count === 0) return { count, missing, avg: undefined, min: undefined, max: undefined, sum: undefined };
    // Beyond the largest number the compensation is NaN, and the plain sum says so by Infinity
    const sum = Number.isFinite(this.#sum) ? this.#sum + this.#compensation : this.#sum;
    return { count, missing, avg: sum / count, min: this.#min, max: this.#max, sum };
  }
}
