import * as fc from "fast-check";
import { expect, test } from "vitest";
import { coveredMs } from "../src/background-liveness.ts";

const WINDOW = { startMs: 100, endMs: 200 };

test.each([
  [[], 0],
  [[{ startMs: 0, endMs: undefined }], 100],
  [[{ startMs: 0, endMs: 150 }], 50],
  [[{ startMs: 150, endMs: 400 }], 50],
  [[{ startMs: 0, endMs: 90 }], 0],
  [[{ startMs: 300, endMs: undefined }], 0],
  [
    [
      { startMs: 0, endMs: 120 },
      { startMs: 130, endMs: 160 },
      { startMs: 190, endMs: undefined },
    ],
    60,
  ],
])("%j cover %d ms", (stretches, expected) => {
  expect(coveredMs(stretches, WINDOW)).toBe(expected);
});

test("stretches without gaps cover the window, however often they begin anew", () => {
  const law = fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 19 }), (lengths) => {
    let startMs = 0;
    const stretches = lengths.map((length, index) => {
      const stretch = { startMs, endMs: index === lengths.length - 1 ? undefined : startMs + length };
      startMs += length;
      return stretch;
    });
    expect(coveredMs(stretches, { startMs: 0, endMs: 1000 })).toBe(1000);
  });
  fc.assert(law, { seed: 6, numRuns: 100 });
});
