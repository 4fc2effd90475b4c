import * as fc from "fast-check";
import { expect, test } from "vitest";
import { differences, differenceText } from "../src/differences.ts";

test("equal values have none, whatever the order of their keys", () => {
  expect(differences({ a: [1, { b: 2 }], c: null }, { c: null, a: [1, { b: 2 }] })).toEqual([]);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(differences(value, JSON.parse(JSON.stringify(value)))).toEqual([]);
    }),
    { seed: 42 },
  );
});

test("each is told where it is, and how it was", () => {
  const before = { lr: { range: [1, 2], default: 1 }, gone: true, list: [{ a: 1 }] };
  const now = { lr: { range: [1, 3], default: 1 }, list: [{ a: 2 }, { b: 3 }], fresh: "x" };
  expect(differences(before, now).map(differenceText)).toEqual([
    "lr.range: was [1,2], is [1,3]",
    "gone: was true, is nothing",
    "list.0.a: was 1, is 2",
    'list.1: was nothing, is {"b":3}',
    'fresh: was nothing, is "x"',
  ]);
});

test.each([
  [1, "1"],
  [null, {}],
  [[], {}],
  [
    [1, 2],
    [2, 1],
  ],
  [undefined, null],
])("%j and %j differ", (before, now) => {
  expect(differences({ x: before }, { x: now })).toEqual([{ path: "x", before, now }]);
});
