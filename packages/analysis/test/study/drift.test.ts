import { expect, it } from "vitest";
import { driftOf } from "../../src/study/drift.ts";
import { figuresOf } from "../../src/study/study-run.ts";
import { run } from "./made-up-study.ts";

const basis = { kind: "measured", parts: ["gpu"] } as const;
const figures = (growth: number) =>
  Array.from({ length: 20 }, (_, index) => {
    const own = figuresOf(run(index, { epochs: index % 2 ? 5 : 15 }), basis);
    return { ...own, joules: (own.joules ?? 0) * (1 + growth * index) };
  });

it("is seen beside configurations that differ far more", () => {
  const [joules] = driftOf(figures(0.01));
  if (!joules || "reason" in joules) throw new Error("expected a drift");
  expect(joules.p).toBeLessThan(0.01);
  expect(joules.changeInterval95[0]).toBeGreaterThan(0.1);
  expect(joules.changeInterval95[1]).toBeLessThan(0.3);
});

it("is none where repeats go up and down", () => {
  const [joules] = driftOf(figures(0).map((own, index) => ({ ...own, joules: 100 + (Math.floor(index / 2) % 2) })));
  expect(joules && !("reason" in joules) && joules.p).toBeGreaterThan(0.1);
});

it("needs repeats", () => {
  const once = Array.from({ length: 20 }, (_, index) => figuresOf(run(index, { epochs: index + 1 }), basis));
  expect(driftOf(once)[0]).toMatchObject({ reason: "0 repeated runs are too few: expected at least 8" });
});
