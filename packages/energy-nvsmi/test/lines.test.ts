import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineSplitter } from "../src/lines.ts";

test("what follows the last newline waits for more", () => {
  const split = lineSplitter();
  expect(split("one\ntw")).toEqual(["one"]);
  expect(split("o")).toEqual([]);
  expect(split("\n\nthree")).toEqual(["two", ""]);
});

test("a carriage return belongs to the newline, also when it came before it", () => {
  const split = lineSplitter();
  expect(split("one\r")).toEqual([]);
  expect(split("\ntwo\r\n")).toEqual(["one", "two"]);
});

test("the size of the chunks never changes the lines", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z\r\n]{0,8}$/)), (chunks) => {
      const split = lineSplitter();
      expect(chunks.flatMap((chunk) => split(chunk))).toEqual(lineSplitter()(chunks.join("")));
    }),
    { seed: 42 },
  );
});
