import { expect, test } from "vitest";
import { normaliseLog } from "../src/normalise-log.ts";
import type { TextSource } from "../src/text-source.ts";

async function text(source: TextSource): Promise<string> {
  let all = "";
  for await (const piece of normaliseLog(source, { name: "utf-8", gb18030Lines: 0, unreadable: 0 })) all += piece;
  return all;
}

test.each([
  ["line ends", ["a\r", "\nb\rc", "\r", "d\r"], "a\nb\nc\nd\n"],
  ["a byte order mark", [Buffer.from([0xef]), Buffer.from([0xbb, 0xbf, 0x61])], "a"],
  ["a byte order mark in a string, but only at the start", ["\ufeffa\ufeff"], "a\ufeff"],
  ["a character cut in two", [Buffer.from([0xe6, 0xb5]), Buffer.from([0x8b])], "测"],
  ["bytes that are no UTF-8", [Buffer.from([0x61, 0xff, 0x62, 0xe6])], "a\ufffdb\ufffd"],
  ["bytes that a string interrupts", [Buffer.from([0xe6]), "a"], "\ufffda"],
  ["colours", ["\u001b[0;3", "2mgreen\u001b", "[0m"], "green"],
  ["nothing", [], ""],
])("%s", async (_what, source, expected) => {
  expect(await text(source)).toBe(expected);
});
