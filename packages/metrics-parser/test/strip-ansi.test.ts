import * as fc from "fast-check";
import { expect, it, test } from "vitest";
import { ansiStripper } from "../src/strip-ansi.ts";

function strip(pieces: readonly string[]): string {
  const piece = ansiStripper();
  return pieces.map((text) => piece(text, false)).join("") + piece("", true);
}

test.each([
  ["\u001b[1;31mred\u001b[0m", "red"],
  ["\u001b[2K\u001b[1Gx", "x"],
  ["\u001b[?25lx\u001b[?25h", "x"],
  ["\u001b]0;title\u0007x", "x"],
  ["\u001b]8;;http://a\u001b\\link\u001b]8;;\u001b\\", "link"],
  ["\u001bPdevice\u001b\\x", "x"],
  ["\u001b(B\u001b[mx", "x"],
  ["\u001b7x\u001b8\u001bMy", "xy"],
  ["\u001b]open\nnext", "open\nnext"],
  [`\u001b]${"a".repeat(5000)}`, "a".repeat(5000)],
  ["\u001b[31\nx", "\nx"],
  ["\u001b\u001b[0mx", "x"],
  ["x\u001b", "x"],
  ["x\u001b[3", "x"],
  ["[0m", "[0m"],
])("%j", (text, expected) => {
  expect(strip([text])).toBe(expected);
});

it("does the same however the text is cut", () => {
  const part = fc.constantFrom(
    "\u001b",
    "[",
    "]",
    "0",
    ";",
    "m",
    "\u0007",
    "\\",
    "a",
    "\n",
    "(",
    " ",
    "P",
    "\u001b[0m",
    "\u001b]0;t\u0007",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
      expect(strip(parts)).toBe(strip([parts.join("")]));
    }),
    { seed: 20261123, numRuns: 2000 },
  );
});
