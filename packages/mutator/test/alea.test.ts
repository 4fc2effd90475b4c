import * as fc from "fast-check";
// @ts-expect-error: a test alone does not earn its types
import seedrandom from "seedrandom";
import { expect, test } from "vitest";
import { alea } from "../src/alea.ts";

test("the stream of a text is the one of seedrandom's Alea", () => {
  const law = fc.property(fc.string(), (text) => {
    const [ours, theirs] = [alea(text), seedrandom.alea(text)];
    const [doubles, others] = [alea(text), seedrandom.alea(text)];
    for (let draw = 0; draw < 20; draw++) {
      expect(ours.int32()).toBe(theirs.int32());
      expect(doubles.double()).toBe(others.double());
    }
  });
  fc.assert(law, { seed: 51, numRuns: 200 });
});
