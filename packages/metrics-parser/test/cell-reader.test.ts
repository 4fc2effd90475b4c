import { expect, it, test } from "vitest";
import { cellReader } from "../src/cell-reader.ts";

test.each([
  ["68.59 W", 68.59],
  ["68.59", 68.59],
  ["45 %", 45],
  ["45%", 45],
  ["1024 MiB", 1024],
  ["1024MiB", 1024],
  ["1500 MHz", 1500],
  ["61 C", 61],
  ["-1.5e3 mW", -1500],
  [" 7 ", 7],
  ["3.5 kB/s", 3.5],
])("%j is %d", (cell, value) => {
  expect(cellReader()(cell)).toBe(value);
});

test.each([
  ["", "empty"],
  [" \t", "empty"],
  ["[N/A]", "[N/A]"],
  ["N/A", "N/A"],
  [" [Not Supported] ", "[Not Supported]"],
  ["[Unknown Error]", "[Unknown Error]"],
  ["ERR!", "ERR!"],
  ["nan", "not finite"],
  ["-inf", "not finite"],
  ["1e999 W", "not finite"],
  ["0x1F", "other text"],
  ["10:30", "other text"],
  ["2025/11/23 10:20:00", "other text"],
  ["1.2.3", "other text"],
  ["12abc", "other text"],
  ["P0", "other text"],
  [".", "other text"],
])("%j has no number: %s", (cell, kind) => {
  expect(cellReader()(cell)).toBe(kind);
});

it("does not mix units", () => {
  const read = cellReader();
  expect(["1 W", "2", "500 mW", "3 W"].map(read)).toEqual([1, 2, "other unit", 3]);
});
