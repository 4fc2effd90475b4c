import { gzipSync } from "node:zlib";
import { expect, it, test } from "vitest";
import { unzipped } from "../src/unzipped.ts";

async function* inBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (const byte of bytes) yield Uint8Array.of(byte);
}

async function textOf(bytes: Uint8Array): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of unzipped(inBytes(bytes))) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test.each([
  ["gzip", gzipSync("loss: 0.5\n"), "loss: 0.5\n"],
  ["several gzip streams in a row", Buffer.concat([gzipSync("a\n"), gzipSync("b\n")]), "a\nb\n"],
  ["what is not zipped", Buffer.from("loss: 0.5\n"), "loss: 0.5\n"],
  ["less than it takes to tell", Buffer.from("a"), "a"],
  ["nothing", Buffer.alloc(0), ""],
])("gives what there is, in single bytes: %s", async (_what, bytes, text) => {
  expect(await textOf(bytes)).toBe(text);
});

it("refuses a stream that is cut", async () => {
  await expect(textOf(gzipSync("loss: 0.5\n").subarray(0, -3))).rejects.toMatchObject({ code: "BAD_GZIP" });
});

it("ends its source when it is left", async () => {
  let isEnded = false;
  async function* source(): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) yield Buffer.from("loss: 1\n");
    } finally {
      isEnded = true;
    }
  }
  const pieces = unzipped(source());
  await pieces.next();
  await pieces.return();
  expect(isEnded).toBe(true);
});
