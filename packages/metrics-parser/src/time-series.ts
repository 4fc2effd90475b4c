/** A column over time, by the trapezoid rule between each value and the next one; what is between is a straight line. */
export interface TimeSummary {
  /** How long the values cover. */
  readonly seconds: number;
  /** In the column's unit times seconds, so joules of watts; `undefined` when no time passes between two values. */
  readonly integral: number | undefined;
  /** `integral` / `seconds` */
  readonly mean: number | undefined;
  /** The longest time between two values. */
  readonly longestGapSeconds: number;
  /** How many values were earlier than the one before: nothing is integrated across such a step. */
  readonly backwards: number;
  /** How many values differ from the one before at the same time: many of them are a sign of several devices. */
  readonly simultaneous: number;
  /** How many values were left out, for they have no time. */
  readonly untimed: number;
}

/** Takes values with their times one by one. */
export class TimeSeries {
  #count = 0;
  #firstMs = 0;
  #firstValue = 0;
  #lastMs = 0;
  #lastValue = 0;
  #coveredMs = 0;
  /** Twice the area. */
  #area = 0;
  #longestMs = 0;
  #backwards = 0;
  #simultaneous = 0;
  #untimed = 0;

  /** Takes a value and its time, which is NaN where there is none. */
  add(timeMs: number, value: number): void {
    if (Number.isNaN(timeMs)) {
      this.#untimed += 1;
      return;
    }
    if (this.#count === 0) [this.#firstMs, this.#firstValue] = [timeMs, value];
    else this.#step(timeMs, value);
    this.#lastMs = timeMs;
    this.#lastValue = value;
    this.#count += 1;
  }

  /** Adds what `next` has taken, as if it had come after all that this one has taken. */
  merge(next: TimeSeries): void {
    this.#untimed += next.#untimed;
    if (next.#count === 0) return;
    this.add(next.#firstMs, next.#firstValue);
    this.#count += next.#count - 1;
    [this.#lastMs, this.#lastValue] = [next.#lastMs, next.#lastValue];
    this.#coveredMs += next.#coveredMs;
    this.#area += next.#area;
    this.#longestMs = Math.max(this.#longestMs, next.#longestMs);
    this.#backwards += next.#backwards;
    this.#simultaneous += next.#simultaneous;
  }

  /** The integral so far. */
  summary(): TimeSummary {
    const seconds = this.#coveredMs / 1000;
    const integral = seconds > 0 ? this.#area / 2000 : undefined;
    return {
      seconds,
      integral,
      mean: integral === undefined ? undefined : integral / seconds,
      longestGapSeconds: this.#longestMs / 1000,
      backwards: this.#backwards,
      simultaneous: this.#simultaneous,
      untimed: this.#untimed,
    };
  }

  #step(timeMs: number, value: number): void {
    const passedMs = timeMs - this.#lastMs;
    if (passedMs < 0) this.#backwards += 1;
    else if (passedMs > 0) {
      this.#coveredMs += passedMs;
      this.#area += passedMs * (this.#lastValue + value);
      this.#longestMs = Math.max(this.#longestMs, passedMs);
    } else if (value !== this.#lastValue) this.#simultaneous += 1;
  }
}
