import { expect, it, test } from "vitest";
import { findColumns } from "../src/find-columns.ts";

const HEADER = ["timestamp", "power.draw [W]", "utilization.gpu [%]"];

test.each([
  ["power.draw [W]", 1],
  ["power.draw", 1],
  ["timestamp [s]", 0],
])("%j is column %i", (name, index) => {
  expect(findColumns(HEADER, [name])).toEqual([{ name, index }]);
});

it("finds all by default, under their own names", () => {
  expect(findColumns(HEADER).map(({ name }) => name)).toEqual(HEADER);
});

it("prefers the exact name", () => {
  expect(findColumns(["a [W]", "a"], ["a"])).toEqual([{ name: "a", index: 1 }]);
});

it("names the columns that exist and the nearest", () => {
  expect(() => findColumns(HEADER, ["power_draw"])).toThrow(
    'No column "power_draw", did you mean "power.draw [W]"? The columns are "timestamp", "power.draw [W]", "utilization.gpu [%]"',
  );
  expect(() => findColumns(["a", "power.draw [W]"], ["powr"])).toThrow('did you mean "power.draw [W]"?');
  expect(() => findColumns([], ["a"])).toThrow('No column "a": there is no header');
  expect(() => findColumns(["x".repeat(1000)], ["a"])).toThrow(/…$/);
});

it("refuses another unit than the column has", () => {
  expect(() => findColumns(HEADER, ["power.draw [mW]"])).toThrow(
    'No column "power.draw [mW]", did you mean "power.draw [W]"?',
  );
});

it("refuses a name for two columns", () => {
  expect(() => findColumns(["a [W]", "a [mW]"], ["a"])).toThrow('The header has 2 columns "a"');
  expect(() => findColumns(["a", "a"])).toThrow('The header has 2 columns "a"');
});
