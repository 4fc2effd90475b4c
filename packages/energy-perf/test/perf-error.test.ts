import { expect, test } from "vitest";
import { PerfError, quote } from "../src/perf-error.ts";

test("an error tells its case by code and keeps its cause", () => {
  const cause = new SyntaxError("x");
  const error = new PerfError("BAD_OUTPUT", "no", { cause });
  expect(error).toMatchObject({ name: "PerfError", code: "BAD_OUTPUT", message: "no", cause });
  expect(error).toBeInstanceOf(Error);
});

test("offending text is quoted on one line, up to 200 characters", () => {
  expect(quote("  1;\t2;\n3 ")).toBe('"1; 2; 3"');
  expect(quote("x".repeat(200))).toHaveLength(202);
  expect(quote("x".repeat(1000))).toBe(`"${"x".repeat(199)}…"`);
});
