import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decodeLog, type LogEncoding } from "../src/decode-log.ts";
import { scanLog } from "../src/scan-log.ts";
import type { TextSource } from "../src/text-source.ts";

async function decoded(source: TextSource): Promise<{ text: string; encoding: LogEncoding }> {
  const encoding: LogEncoding = { name: "utf-8", unreadable: 0 };
  let text = "";
  for await (const piece of decodeLog(source, encoding)) text += piece;
  return { text, encoding };
}

const bigEndian = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("bytes are", () => {
  test.each([
    ["UTF-8", Buffer.from("准确率: 1"), "准确率: 1", "utf-8"],
    ["UTF-16 as PowerShell writes it", Buffer.from("\ufeff准确率: 1", "utf16le"), "\ufeff准确率: 1", "utf-16le"],
    ["UTF-16, big end first", bigEndian("\ufeffloss: 1"), "\ufeffloss: 1", "utf-16be"],
    ["nothing", Buffer.alloc(0), "", "utf-8"],
    ["one byte", Buffer.from("a"), "a", "utf-8"],
  ])("%s", async (_what, bytes, text, name) => {
    expect(await decoded([bytes])).toEqual({ text, encoding: { name, unreadable: 0 } });
  });

  it("read the same however they are cut", async () => {
    const sources = [Buffer.from("\ufeffé准😀x", "utf16le"), Buffer.from("é准😀\xff"), Buffer.from([0xff, 0xfe])];
    const cuts = fc.array(fc.nat({ max: 12 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), cuts, async (bytes, at) => {
        const borders = [0, ...at.filter((place) => place <= bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = borders.slice(1).map((to, index) => bytes.subarray(borders[index], to));
        expect(await decoded(pieces)).toEqual(await decoded([bytes]));
      }),
      { seed: 20261124, numRuns: 200 },
    );
  });
});

describe("bytes that are no UTF-8", () => {
  it("are counted", async () => {
    const gbk = Buffer.from([0xb2, 0xe2, 0xca, 0xd4]); // 测试
    const { encoding } = await decoded([Buffer.from("loss: 1\n"), gbk]);
    expect(encoding.unreadable).toBeGreaterThan(0);
  });

  it("hide nothing of the lines around them", async () => {
    const log = [Buffer.from([0xb2, 0xe2, 0x3a, 0x31, 0x0a]), "loss: 0.5\n", Buffer.from([0xff, 0x0a])];
    const scan = await scanLog(log, { metrics: { loss: "loss: ([0-9.]+)" } });
    expect(scan).toMatchObject({ metrics: [{ value: 0.5, line: 2 }], lines: 3, encoding: { name: "utf-8" } });
    expect(scan.encoding.unreadable).toBeGreaterThan(1);
  });
});

it("metrics of a UTF-16 log are found", async () => {
  const log = Buffer.from("\ufeffloss: 1\r\n测试准确率: 90.84%\r\n", "utf16le");
  const { metrics } = await scanLog([log], { metrics: { accuracy: "测试准确率[:\\s]+([0-9.]+)" } });
  expect(metrics).toMatchObject([{ value: 90.84, line: 2 }]);
});
