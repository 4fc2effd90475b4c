import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Heap } from "../src/heap.ts";

test("an empty heap has nothing", () => {
  expect(new Heap().pop()).toBeUndefined();
});

test("whatever is pushed comes out in order, also between pushes", () => {
  const law = fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 }))), (steps) => {
    const heap = new Heap<{ readonly order: number }>();
    expect(heap.firstOrder).toBe(Number.POSITIVE_INFINITY);
    const model: number[] = [];
    const popped = [...steps, ...steps.map(() => null)].flatMap((step) => {
      if (step === null) return [[heap.pop()?.order, model.shift()]];
      heap.push({ order: step }, step);
      model.push(step);
      model.sort((a, b) => a - b);
      expect(heap.firstOrder).toBe(model[0]);
      return [];
    });
    expect(popped.map(([order]) => order)).toEqual(popped.map(([, order]) => order));
  });
  fc.assert(law, { seed: 7, numRuns: 500 });
});
