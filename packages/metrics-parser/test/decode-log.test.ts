import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decodeLog } from "../src/decode-log.ts";
import type { LogEncoding } from "../src/line-decoder.ts";
import { scanLog } from "../src/scan-log.ts";
import type { TextSource } from "../src/text-source.ts";

async function decoded(source: TextSource): Promise<{ text: string; encoding: LogEncoding }> {
  const encoding: LogEncoding = { name: "utf-8", gb18030Lines: 0, unreadable: 0 };
  let text = "";
  for await (const piece of decodeLog(source, encoding)) text += piece;
  return { text, encoding };
}

/** `测试准确率: 0.9` as a Chinese console writes it. */
const TRAINED = Buffer.from([0xb2, 0xe2, 0xca, 0xd4, 0xd7, 0xbc, 0xc8, 0xb7, 0xc2, 0xca, ...Buffer.from(": 0.9")]);

const bigEndian = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("bytes are", () => {
  test.each([
    ["UTF-8", Buffer.from("准确率: 1"), "准确率: 1", "utf-8"],
    ["UTF-16 as PowerShell writes it", Buffer.from("\ufeff准确率: 1", "utf16le"), "\ufeff准确率: 1", "utf-16le"],
    ["UTF-16, big end first", bigEndian("\ufeffloss: 1"), "\ufeffloss: 1", "utf-16be"],
    ["nothing", Buffer.alloc(0), "", "utf-8"],
    ["one byte", Buffer.from("a"), "a", "utf-8"],
  ])("%s", async (_what, bytes, text, name) => {
    expect(await decoded([bytes])).toEqual({ text, encoding: { name, gb18030Lines: 0, unreadable: 0 } });
  });

  it("read the same however they are cut", async () => {
    const sources = [
      Buffer.from("\ufeffé准😀x", "utf16le"),
      Buffer.from("é准😀\xff"),
      Buffer.from([0xff, 0xfe]),
      Buffer.concat([TRAINED, Buffer.from("\r\n损失\r"), TRAINED]),
    ];
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

it("a long line reads the same however it is cut", async () => {
  // Its first part is Chinese, its second one is nothing
  const bytes = Buffer.concat([
    ...Array.from({ length: 4000 }, () => TRAINED),
    Buffer.alloc(40_000, 0xff),
    Buffer.from("\nx"),
  ]);
  const whole = await decoded([bytes]);
  for (const size of [1000, 50_000, 65_535, 65_537]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    expect(await decoded(pieces)).toEqual(whole);
  }
});

describe("a line that is no UTF-8", () => {
  const lines = async (...source: readonly Uint8Array[]): Promise<readonly unknown[]> => {
    const { text, encoding } = await decoded(source);
    return [text, encoding.gb18030Lines, encoding.unreadable];
  };

  it("is read as GB18030 where it is that, and counted", async () => {
    const log = Buffer.concat([Buffer.from("损失: 1\n"), TRAINED, Buffer.from("\nloss: 2\r\n"), TRAINED]);
    expect(await lines(log)).toEqual(["损失: 1\n测试准确率: 0.9\nloss: 2\r\n测试准确率: 0.9", 2, 0]);
  });

  it("is found by patterns with Chinese words", async () => {
    const { metrics, encoding } = await scanLog([TRAINED], { metrics: { accuracy: "测试准确率: ([0-9.]+)" } });
    expect(metrics).toMatchObject([{ outcome: "found", value: 0.9, line: 1 }]);
    expect(encoding).toEqual({ name: "utf-8", gb18030Lines: 1, unreadable: 0 });
  });

  it("also has what only GB18030 has, of four bytes", async () => {
    const rocket = Buffer.from([0x94, 0x39, 0xda, 0x33, 0x20, 0xb2, 0xe2, 0xca, 0xd4]); // 💩 测试
    expect(await lines(rocket)).toEqual(["\u{1f4a9} 测试", 1, 0]);
  });

  test.each([
    ["Latin-1, whose letters would take the next one along", "pr\xe9cision: 0.5", "pr\ufffdcision: 0.5", 1],
    ["Latin-1 that is no GB18030", "\xb5 = 0.5 \xb1 0.1", "\ufffd = 0.5 \ufffd 0.1", 2],
    ["UTF-8 that is cut", Buffer.from("损失: 0.5 准").subarray(0, -1), "损失: 0.5 \ufffd", 1],
    [
      "UTF-8 with a byte too many",
      Buffer.concat([Buffer.from("███ loss\xe2".slice(0, 8)), Buffer.from([0xe2])]),
      "███ loss\ufffd",
      1,
    ],
  ])("keeps what can be read and counts the rest: %s", async (_what, bytes, text, unreadable) => {
    expect(await lines(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes)).toEqual([
      text,
      0,
      unreadable,
    ]);
  });

  it("hides nothing of the lines around it", async () => {
    const log = [Buffer.from([0xb2, 0xff, 0x3a, 0x31, 0x0a]), "loss: 0.5\n", Buffer.from([0xff, 0x0a])];
    const scan = await scanLog(log, { metrics: { loss: "loss: ([0-9.]+)" } });
    expect(scan).toMatchObject({ metrics: [{ value: 0.5, line: 2 }], lines: 3, encoding: { unreadable: 3 } });
  });

  it("is counted once when it is long, and may be longer than memory", async () => {
    const long = Array.from({ length: 20_000 }, () => Buffer.concat([TRAINED, Buffer.from(" ")]));
    expect(await lines(...long)).toEqual(["测试准确率: 0.9 ".repeat(20_000), 1, 0]);
    const utf8 = Buffer.from("准".repeat(100_000));
    expect(await lines(utf8, Buffer.from("\n"), TRAINED)).toEqual([`${"准".repeat(100_000)}\n测试准确率: 0.9`, 1, 0]);
  });
});

it("metrics of a UTF-16 log are found", async () => {
  const log = Buffer.from("\ufeffloss: 1\r\n测试准确率: 90.84%\r\n", "utf16le");
  const { metrics } = await scanLog([log], { metrics: { accuracy: "测试准确率[:\\s]+([0-9.]+)" } });
  expect(metrics).toMatchObject([{ value: 90.84, line: 2 }]);
});
