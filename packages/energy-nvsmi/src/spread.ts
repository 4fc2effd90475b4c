/** Mean, lowest and highest of some values. */
export interface Spread {
  readonly avg: number;
  readonly min: number;
  readonly max: number;
}

/** Collects values in constant memory. */
export interface SpreadCollector {
  add(value: number): void;
  readonly count: number;
  /** `undefined` before the first value. */
  result(): Spread | undefined;
}

/** No values yet. */
export function spreadCollector(): SpreadCollector {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(value) {
      count += 1;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    },
    get count() {
      return count;
    },
    result: () => (count === 0 ? undefined : { avg: sum / count, min, max }),
  };
}
