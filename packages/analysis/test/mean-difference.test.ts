import { expect, it } from "vitest";
import { meanDifference } from "../src/mean-difference.ts";
import { type Sample, sampleOf } from "../src/sample.ts";
import { studentT95 } from "../src/student-t.ts";

const sample = (...values: readonly number[]): Sample => {
  const found = sampleOf(values);
  if (!found) throw new RangeError("expected values");
  return found;
};

// scipy.stats.ttest_ind(b, a, equal_var=False).confidence_interval(); the degrees of freedom of Welch are no integer, and
// rounding them down makes ours wider
it("is Welch's, at least as wide as SciPy's", () => {
  const { difference, half = 0 } = meanDifference(sample(27.5, 31, 29, 24, 26), sample(20, 22, 19, 24, 21, 23));
  expect(difference).toBeCloseTo(6, 9);
  // SciPy 1.17.1: [2.624636, 9.375364] with 6.964 degrees of freedom; ours has t of 6 instead
  const scipy = 3.375364;
  expect(half).toBeGreaterThan(scipy);
  expect(half).toBeCloseTo((scipy * studentT95(6)) / 2.36725, 3);
});

it("of one value each has no interval, and of values without spread an interval of nothing", () => {
  expect(meanDifference(sample(1), sample(3, 4))).toEqual({ difference: -2.5, half: undefined });
  expect(meanDifference(sample(1, 1), sample(3, 3))).toEqual({ difference: -2, half: 0 });
});
