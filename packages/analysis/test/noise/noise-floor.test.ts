import { expect, it } from "vitest";
import { isAbsent } from "../../src/absent.ts";
import { noiseOf } from "../../src/noise/noise-floor.ts";
import type { RunFigures } from "../../src/study/study-run.ts";

const figures = (session: string, configuration: string, joules: number): RunFigures => ({
  id: `${session} ${configuration} ${joules}`,
  session,
  startedMs: 0,
  configuration,
  parameters: {},
  background: undefined,
  metrics: {},
  joules,
  seconds: 10,
  watts: joules / 10,
  publishedJoules: undefined,
});

it("pools repeats within sessions by their degrees of freedom", () => {
  const runs = [99, 100, 101].map((joules) => figures("one", "a", joules));
  const [noise] = noiseOf([...runs, figures("one", "b", 980), figures("one", "b", 1020)], 0.02);
  const [a, b] = [0.01, Math.SQRT2 * 0.02];
  expect(noise?.within).toMatchObject({ configurations: 2, runs: 5 });
  expect(noise && !isAbsent(noise.within) && noise.within.pooled).toBeCloseTo(Math.sqrt((2 * a ** 2 + b ** 2) / 3), 12);
});

it("is larger across sessions that differ", () => {
  const runs = [figures("one", "a", 100), figures("one", "a", 101), figures("two", "a", 110), figures("two", "a", 111)];
  const [noise] = noiseOf(runs, 0.02);
  if (!noise || isAbsent(noise.within) || isAbsent(noise.across)) throw new Error("expected noise");
  expect(noise.across.pooled).toBeGreaterThan(5 * noise.within.pooled);
  expect(noise.across.repeatsNeeded).toBeGreaterThan(noise.within.repeatsNeeded ?? Number.POSITIVE_INFINITY);
});

it("of runs without repeats is not known", () => {
  const [noise] = noiseOf([figures("one", "a", 100), figures("one", "b", 200)], 0.02);
  expect(noise?.within).toEqual({ value: null, reason: "no configuration was run twice in one session" });
  expect(noise?.across).toEqual({ value: null, reason: "no configuration was run in two sessions" });
});

it("of repeats that do not differ at all needs two of them", () => {
  const noise = noiseOf([figures("one", "a", 100), figures("one", "a", 100)], 0.02);
  expect(noise[0]?.within).toMatchObject({ pooled: 0, repeatsNeeded: 2 });
});
