import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import wabt from "wabt";
import { breakFinder } from "../src/find-breaks.ts";

const SOURCE = new URL("../src/find-breaks.wat", import.meta.url);

it("is what its source compiles to", async () => {
  const compiler = await wabt();
  const { buffer } = compiler.parseWat("find-breaks.wat", readFileSync(SOURCE, "utf8"), { simd: true }).toBinary({});
  const typescript = readFileSync(new URL("../src/find-breaks.ts", import.meta.url), "utf8");
  expect(typescript).toContain(`"${Buffer.from(buffer).toString("base64")}"`);
});

it("finds every delimiter and line feed, in order", () => {
  const finder = breakFinder();
  const bytes = fc
    .uint8Array({ maxLength: 100 })
    .map((list) => list.map((byte) => (byte < 99 ? (byte % 4 === 0 ? 44 : 10) : byte)));
  fc.assert(
    fc.property(bytes, fc.constantFrom(44, 59, 9), (text, delimiter) => {
      finder?.window.set(text);
      finder?.find(text.length, delimiter);
      const expected = [...text.keys()].filter((at) => text[at] === 10 || text[at] === delimiter);
      expect([...(finder?.breaks.subarray(0, expected.length + 1) ?? [])]).toEqual([-1, ...expected]);
    }),
    { seed: 20261124, numRuns: 2000 },
  );
});
