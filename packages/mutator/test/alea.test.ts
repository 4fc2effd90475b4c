import * as fc from "fast-check";
// @ts-expect-error: a test alone does not earn its types
import seedrandom from "seedrandom";
import { expect, test } from "vitest";
import { alea } from "../src/alea.ts";

test("the stream of a text is bit for bit the one of seedrandom's Alea", () => {
  const unit = fc.constantFrom<"grapheme-ascii" | "binary">("grapheme-ascii", "binary");
  const anyText = unit.chain((one) => fc.string({ unit: one, size: "medium" }));
  const law = fc.property(anyText, (text) => {
    const [ours, theirs] = [alea(text), seedrandom.alea(text)];
    const [doubles, others] = [alea(text), seedrandom.alea(text)];
    for (let draw = 0; draw < 20; draw++) {
      expect(ours.int32()).toBe(theirs.int32());
      expect(doubles.double()).toBe(others.double());
    }
  });
  fc.assert(law, { seed: 51, numRuns: 1000, examples: [[""], [" "], ["42"], ["\u{1f600}é\ud83d\u0000"]] });
});
