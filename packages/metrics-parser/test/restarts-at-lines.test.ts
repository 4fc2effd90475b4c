import { describe, expect, test } from "vitest";
import { compilePattern } from "../src/compile-python-regex.ts";
import { restartsAtLines } from "../src/restarts-at-lines.ts";

describe("a search may start at any line", () => {
  test.each([
    ["loss.*: ([0-9.]+)", true],
    ["(?:train|val) loss: ([0-9.]+)", true],
    ["(?m)^ +all +([0-9.]+)", true],
    ["Accuracy[:\\s]+([0-9.]+)%?", true],
    ["\\bF1[\\s-]*score[:\\s]+([0-9.]+)", true],
    ["Test Accuracy[:\\s]+([0-9.]+)", true],
    ["测试准确率\\s+([0-9.]+)", true],
    ["test\\s+([0-9.]+)", false],
    ["lossLOSS\\s+([0-9.]+)", false],
    ["loss\\s+(\\w+)", false],
    ["(?s)loss.*?([0-9.]+)", false],
    ["[^x]*loss", false],
    ["(a)\\s\\1", false],
    ["\\s+loss", false],
    ["", true],
  ])("for %j: %j", (pattern, expected) => {
    expect(restartsAtLines(compilePattern(pattern).node)).toBe(expected);
  });
});
