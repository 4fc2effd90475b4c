import { describe, expect, it } from "vitest";
import { byConfiguration } from "../src/configuration-runs.ts";
import { cheapestWithin, tradeOff } from "../src/trade-off.ts";
import { quantity, record } from "./records.ts";

const run = (key: string, joules: number | null, accuracy: number | undefined, members = {}) => ({
  key,
  record: record([quantity("gpu", joules)], accuracy === undefined ? {} : { accuracy }, members),
});
const basis = { kind: "measured", parts: ["gpu"] } as const;
const options = { basis, metric: "accuracy", goal: "max" } as const;
const RUNS = [run("a", 100, 0.95), run("a", 110, 0.93), run("b", 50, 0.93), run("c", 40, 0.9), run("d", 60, 0.89)];

it("is made of the means of each configuration, and knows the front and the best", () => {
  const found = tradeOff(byConfiguration(RUNS), options);
  expect(found?.points.map(({ x, y }) => [x, Number(y.toFixed(9))])).toEqual([
    [105, 0.94],
    [50, 0.93],
    [40, 0.9],
    [60, 0.89],
  ]);
  expect(found?.front.map(({ configuration }) => configuration.key)).toEqual(["c", "b", "a"]);
  expect(found?.best.configuration.key).toBe("a");
});

it("leaves out runs without energy, without the metric, or without success", () => {
  const out = [run("a", null, 0.99), run("a", 1, undefined), run("a", 1, 0.99, { status: "suspect" as const })];
  expect(tradeOff(byConfiguration(out), options)).toBeUndefined();
  expect(tradeOff(byConfiguration([...out, ...RUNS]), options)?.best.cost.n).toBe(2);
});

it("costs seconds where there is no energy", () => {
  const none = { ...options, basis: { kind: "none", parts: [] } } as const;
  expect(tradeOff(byConfiguration([run("a", null, 0.9)]), none)?.best.x).toBe(10);
});

describe("the cheapest that is good enough", () => {
  const found = tradeOff(byConfiguration(RUNS), options);
  it.each([
    [{ kind: "absolute", value: 0 }, "a"],
    [{ kind: "absolute", value: 0.01 }, "b"],
    [{ kind: "absolute", value: 0.5 }, "c"],
    [{ kind: "relative", value: 0.02 }, "b"],
  ] as const)("%j", (drop, key) => {
    expect(found && cheapestWithin(found, drop, "max").configuration.key).toBe(key);
  });
});
