import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../src/compile-python-regex.ts";
import { logWindows } from "../src/log-window.ts";
import { type Match, PatternSearch } from "../src/pattern-search.ts";
import { scanWindow } from "../src/scan-window.ts";

const SEED = 20261124;
const PATTERNS = [
  "loss: ([0-9.]+)",
  "\\bloss: ([0-9.]+)",
  "(?m)^loss[:\\s]+([0-9.]+)",
  "loss.*?([0-9.]+)",
  "(?s)loss.*?([0-9.]+)",
  "loss[:\\s]+([0-9.]+)%?",
  "([0-9.]+) loss",
  "(?:train|val) loss: ([0-9.]+)",
  "(?<=val )loss: ([0-9.]+)",
  "loss(?=:) *: (\\d)",
  "loss: (\\S+)(?!\\n)",
  "^loss: (\\d)",
  "loss: (\\d)$",
  "(?m)loss: (\\d)$",
  "\\Bloss",
  "lossloss",
  "[^x]*loss",
  "(?:\\s|loss)+ (\\d)",
  "测试准确率[:\\s]+(\\d)",
  "kiss(\\d)",
  "(loss) \\1",
];
const PIECES =
  "loss: |loss:|val |train |0.5|1|7|\n|\n\n| |LOSS: |lossloss|x|%|测试准确率: |ſ|İ|K|kiss1|KIſſ2|kiss3|loss loss".split(
    "|",
  );

interface Found {
  readonly place: number;
  readonly text: readonly (string | undefined)[];
}

async function search(log: string, how: "slow" | "each" | "last", pattern: string): Promise<readonly Found[]> {
  const compiled = compilePattern(pattern);
  const fast = new PatternSearch(compiled);
  const found: Found[] = [];
  let next = 0;
  for await (const window of logWindows([log], { window: 64, overlap: 16 })) {
    const note = ({ start, groups }: Match): void => {
      found.push({ place: window.offset + start, text: Array.from(groups) });
    };
    if (how === "slow") {
      next = scanWindow(compiled.regex, window, next, (match) => {
        note({ start: match.index, end: 0, groups: match });
      });
    } else if (how === "each") next = fast.each(window, next, note);
    else {
      const { match, next: after } = fast.last(window, next);
      if (match !== undefined) note(match);
      next = after;
    }
  }
  return found;
}

describe("the search finds what trying everywhere finds", () => {
  const log = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join(""));
  test.each(PATTERNS)("%j", async (pattern) => {
    await fc.assert(
      fc.asyncProperty(log, async (text) => {
        const slow = await search(text, "slow", pattern);
        expect(await search(text, "each", pattern)).toEqual(slow);
        expect((await search(text, "last", pattern)).at(-1)).toEqual(slow.at(-1));
      }),
      { seed: SEED, numRuns: 400 },
    );
  });
});
