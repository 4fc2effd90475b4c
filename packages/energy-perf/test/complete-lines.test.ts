import * as fc from "fast-check";
import { expect, test } from "vitest";
import { completeLines } from "../src/complete-lines.ts";

async function linesOf(chunks: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = (async function* () {
    yield* chunks;
  })();
  for await (const line of completeLines(stream)) lines.push(line);
  return lines;
}

test("a last line without its newline is left out", async () => {
  expect(await linesOf(["a,1\nb", ",2\nc,"])).toEqual(["a,1", "b,2"]);
  expect(await linesOf([])).toEqual([]);
});

test("how a text is cut into pieces does not matter", async () => {
  const pieces = fc.array(fc.string({ unit: fc.constantFrom("a", ",", "\n") }));
  await fc.assert(
    fc.asyncProperty(pieces, async (chunks) => {
      expect(await linesOf(chunks)).toEqual(chunks.join("").split("\n").slice(0, -1));
    }),
    { seed: 42 },
  );
});
