import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { powerOf, repeatsNeeded } from "../../src/noise/repeats-needed.ts";
import { chiSquareQuantile } from "../../src/statistics/distributions.ts";
import { leastSquares } from "../../src/statistics/least-squares.ts";
import { rankCorrelation } from "../../src/statistics/rank-correlation.ts";
import { trend } from "../../src/statistics/trend.ts";

const numbers = z.array(z.number());
const Reference = z.object({
  regressions: z.array(
    z.object({
      columns: z.array(numbers),
      outcome: numbers,
      intercept: z.number(),
      estimates: numbers,
      intervals: z.array(numbers),
      p: numbers,
      inflation: numbers,
      r_squared: z.number(),
      adjusted_r_squared: z.number(),
      aicc: z.number(),
      residual_deviation: z.number(),
    }),
  ),
  spearman: z.array(z.object({ x: numbers, y: numbers, rho: z.number(), p: z.number() })),
  trends: z.array(z.object({ values: numbers, p: z.number(), tau: z.number(), slope: z.number(), interval: numbers })),
  repeats: z.array(z.object({ share: z.number(), variation: z.number(), repeats: z.number() })),
  powers: z.array(z.object({ repeats: z.number(), share: z.number(), variation: z.number(), power: z.number() })),
  chi_square: z.array(z.object({ p: z.number(), freedom: z.number(), quantile: z.number() })),
});
const reference = Reference.parse(
  JSON.parse(readFileSync(new URL("../fixtures/reference.json", import.meta.url), "utf8")),
);

const all = (found: readonly number[] | undefined, expected: readonly number[]): void => {
  expect(found?.length).toBe(expected.length);
  found?.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 7));
};

describe("least squares are those of statsmodels", () => {
  it.each(reference.regressions)("with $r_squared of R²", (expected) => {
    const found = leastSquares(expected.columns, expected.outcome);
    const slopes = found?.slopes ?? [];
    all(
      slopes.map(({ estimate }) => estimate),
      expected.estimates,
    );
    all(
      slopes.flatMap(({ interval95 }) => interval95),
      expected.intervals.flat(),
    );
    all(
      slopes.map(({ p }) => p),
      expected.p,
    );
    all(
      slopes.map(({ inflation }) => inflation),
      expected.inflation,
    );
    expect(found?.intercept).toBeCloseTo(expected.intercept, 7);
    expect(found?.rSquared).toBeCloseTo(expected.r_squared, 9);
    expect(found?.adjustedRSquared).toBeCloseTo(expected.adjusted_r_squared, 9);
    expect(found?.aicc).toBeCloseTo(expected.aicc, 6);
    expect(found?.residualDeviation).toBeCloseTo(expected.residual_deviation, 9);
  });
});

describe("rank correlations are those of SciPy, ties included", () => {
  it.each(reference.spearman)("ρ = $rho", ({ x, y, rho, p }) => {
    const found = rankCorrelation(x, y);
    expect(found?.rho).toBeCloseTo(rho, 9);
    expect(found?.p).toBeCloseTo(p, 7);
  });
});

describe("trends are those of pymannkendall and SciPy", () => {
  it.each(reference.trends)("τ = $tau", ({ values, p, tau, slope, interval }) => {
    const found = trend(values);
    expect(found?.tau).toBeCloseTo(tau, 9);
    expect(found?.p).toBeCloseTo(p, 6);
    expect(found?.slope).toBeCloseTo(slope, 9);
    all(found?.interval95, interval);
  });
});

describe("power is that of statsmodels", () => {
  it.each(reference.powers)("of $repeats repeats", ({ repeats, share, variation, power }) => {
    expect(powerOf(repeats, share, variation)).toBeCloseTo(power, 6);
  });

  it.each(reference.repeats)("$repeats repeats show $share where runs vary by $variation", (expected) => {
    expect(repeatsNeeded(expected.share, expected.variation)).toBe(expected.repeats);
  });
});

it.each(reference.chi_square)("the quantile of χ² with $freedom degrees is SciPy's", ({ p, freedom, quantile }) => {
  expect(chiSquareQuantile(p, freedom) / quantile).toBeCloseTo(1, 6);
});
