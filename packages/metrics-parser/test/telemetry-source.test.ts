import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  createReadStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { columnStatistics, type StatisticsProgress } from "../src/column-statistics.ts";
import { sampled } from "./live-heap.ts";

const TEXT = "t,power [W]\n0,10 W\n1,20 W\n2,33 W\n";
const EXPECTED = { rows: 3, badRows: 0, columns: { "power [W]": { count: 3, sum: 63 } } };

let directory: string;
const file = (name: string): string => join(directory, name);
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "telemetry-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A file of many blocks. */
function longFile(name: string, rows = 200_000): string {
  writeFileSync(file(name), `t,power [W]\n${"1,5 W\n".repeat(rows)}`);
  return file(name);
}

/** Options that call `change` once, after the first block. */
function afterFirstBlock(change: () => void): { onProgress: (progress: StatisticsProgress) => void } {
  let isDone = false;
  const onProgress = (): void => {
    if (!isDone) change();
    isDone = true;
  };
  return { onProgress };
}

describe("a source", () => {
  const bytes = Buffer.from(TEXT);
  const web = (): AsyncIterable<Uint8Array> => new Blob([TEXT]).stream();
  async function* iterable(): AsyncGenerator<string> {
    yield* TEXT;
  }
  test.each([
    ["a string", () => TEXT],
    ["an array of bytes", () => [bytes]],
    ["a Node stream", () => Readable.from([bytes])],
    ["a web stream", web],
    ["an async iterable", iterable],
    ["a string as UTF-8 with a byte order mark", () => `\ufeff${TEXT}`],
    ["UTF-16", () => [Buffer.from(`\ufeff${TEXT}`, "utf16le")]],
    ["big-endian UTF-16", () => [Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()]],
    ["gzip", () => [gzipSync(TEXT)]],
    ["gzip in single bytes", () => Array.from(gzipSync(TEXT), (byte) => Uint8Array.of(byte))],
    ["gzip with a byte order mark inside", () => [gzipSync(`\ufeff${TEXT}`)]],
    ["gzip of two members", () => [gzipSync(TEXT.slice(0, 20)), gzipSync(TEXT.slice(20))]],
  ])("may be %s", async (_what, source) => {
    expect(await columnStatistics(source())).toMatchObject(EXPECTED);
  });

  it("may be a file by its path, also a zipped one, and a stream of one", async () => {
    writeFileSync(file("plain.csv"), TEXT);
    writeFileSync(file("zipped"), gzipSync(TEXT));
    expect(await columnStatistics({ path: file("plain.csv") })).toMatchObject(EXPECTED);
    expect(await columnStatistics({ path: file("zipped") })).toMatchObject(EXPECTED);
    expect(await columnStatistics(createReadStream(file("plain.csv")))).toMatchObject(EXPECTED);
  });

  it("may cut a character of two halves", async () => {
    const { columns } = await columnStatistics(["t,\ud83d", "\ude00\n1,2\n"]);
    expect(Object.keys(columns)).toEqual(["t", "😀"]);
  });

  it("tells how far it has come, with the columns so far", async () => {
    const seen: (number | undefined)[][] = [];
    const pieces = ["t,a\n1,5\n", "2,6\n", "3,7\n"];
    const onProgress = ({ bytesRead, columns }: StatisticsProgress): void => {
      seen.push([bytesRead, columns()["a"]?.sum]);
    };
    await columnStatistics(pieces, { onProgress });
    expect(seen).toEqual([
      [8, 5],
      [12, 11],
      [16, 18],
    ]);
  });

  it("tells the bytes of a zipped file as they are on disk", async () => {
    writeFileSync(file("progress.gz"), gzipSync(TEXT.repeat(1000)));
    let last = 0;
    const onProgress = ({ bytesRead }: StatisticsProgress): void => {
      last = bytesRead;
    };
    await columnStatistics({ path: file("progress.gz") }, { onProgress });
    expect(last).toBe(readFileSync(file("progress.gz")).length);
  });

  it("is left when the signal aborts, a file too", async () => {
    const controller = new AbortController();
    const options = { ...afterFirstBlock(() => controller.abort("enough")), signal: controller.signal };
    await expect(columnStatistics({ path: longFile("aborted.csv") }, options)).rejects.toBe("enough");
  });

  it("is read with the delimiter of its header, or one that is named", async () => {
    expect(await columnStatistics(TEXT.replaceAll(",", ";"))).toMatchObject(EXPECTED);
    expect(await columnStatistics(TEXT.replaceAll(",", "\t"))).toMatchObject(EXPECTED);
    expect(await columnStatistics(TEXT.replaceAll(",", "|"), { delimiter: "|" })).toMatchObject(EXPECTED);
    expect(await columnStatistics("a;b,c\n1;2\n", { delimiter: ";" })).toMatchObject({
      rows: 1,
      columns: { "b,c": { sum: 2 } },
    });
    await expect(columnStatistics("a;b,c\n1;2\n")).rejects.toMatchObject({
      code: "BAD_CSV",
      message: expect.stringContaining('found "," and ";"'),
    });
    expect(await columnStatistics('"a,b";c\n1;2\n')).toMatchObject({ rows: 1, columns: { "a,b": { sum: 1 } } });
  });
});

describe("a file", () => {
  test.each([
    ["that is not there", () => file("absent.csv"), "ENOENT"],
    ["that is a directory", () => directory, "found a directory"],
    ["that is a device", () => "/dev/zero", "found a device"],
    ["whose disk fails", () => "/proc/self/mem", "after 0 bytes EIO"],
  ])("%s is refused", async (_what, path, message) => {
    await expect(columnStatistics({ path: path() })).rejects.toMatchObject({
      code: "BAD_FILE",
      message: expect.stringContaining(message),
    });
  });

  it("that is a FIFO is refused at once, though nobody writes to it", async () => {
    execFileSync("mkfifo", [file("fifo")]);
    await expect(columnStatistics({ path: file("fifo") })).rejects.toMatchObject({ code: "BAD_FILE" });
  });

  it("that grows while it is read is read to its end", async () => {
    const path = longFile("grows.csv");
    const grow = afterFirstBlock(() => appendFileSync(path, "2,7 W\n".repeat(100_000)));
    expect(await columnStatistics({ path }, grow)).toMatchObject({ rows: 300_000, badRows: 0 });
  });

  test.each([0, 300_000, 600_000])("that shrinks to %i bytes while it is read is refused", async (length) => {
    const path = longFile("shrinks.csv");
    const shrink = afterFirstBlock(() => truncateSync(path, length));
    await expect(columnStatistics({ path }, shrink)).rejects.toMatchObject({
      code: "FILE_CHANGED",
      message: expect.stringContaining(`found ${length} bytes after`),
    });
  });

  it("that is zipped and cut at any byte is refused, never taken for a whole one", async () => {
    const whole = gzipSync(TEXT);
    for (let length = 3; length < whole.length; length += 1) {
      writeFileSync(file("cut.gz"), whole.subarray(0, length));
      await expect(columnStatistics({ path: file("cut.gz") })).rejects.toMatchObject({ code: "BAD_GZIP" });
    }
  });

  it("that is zipped and damaged is refused", async () => {
    const damaged = gzipSync(TEXT);
    damaged.fill(0x55, 15, 25);
    await expect(columnStatistics([damaged])).rejects.toMatchObject({ code: "BAD_GZIP" });
  });
});

describe("text that is no good CSV", () => {
  test.each([
    ["an empty file", "", { rows: 0, badRows: 0, columns: {} }],
    ["blank lines", "\n \r\n\t\n", { rows: 0, badRows: 0, columns: {} }],
    ["a header", "t,a\n", { rows: 0, badRows: 0, columns: { a: { count: 0, avg: undefined } } }],
    ["a header without its newline", "t,a", { rows: 0, badRows: 0 }],
    [
      "no newline at the end",
      "t,a\n1,2\n3,4",
      { rows: 1, firstBadRows: [{ line: 3, reason: expect.stringContaining("cut") }] },
    ],
    ["a tail of NUL bytes", `t,a\n1,2\n${"\0".repeat(5000)}`, { rows: 1, badRows: 1, firstBadRows: [{ line: 3 }] }],
    [
      "NUL bytes in cells",
      "t,a\n1,2\0\n\0,4\n",
      { rows: 2, columns: { a: { sum: 4, missingKinds: { "other text": 1 } } } },
    ],
    [
      "a quote that is never closed",
      't,a\n1,2\n3,"4\n5,6\n',
      { rows: 1, firstBadRows: [{ line: 3, reason: expect.stringContaining("quote") }] },
    ],
    [
      "text after a quote",
      't,a\n1,"2"x\n3,4\n',
      { rows: 2, columns: { a: { sum: 4, missingKinds: { "other text": 1 } } } },
    ],
  ])("has a result: %s", async (_what, text, expected) => {
    expect(await columnStatistics(text)).toMatchObject(expected);
  });

  it("has a result with invalid UTF-8, which is no number", async () => {
    const bytes = Buffer.concat([
      Buffer.from("t,a\xff [W]\n1,2\n3,", "latin1"),
      Buffer.from([0xc3, 0x28]),
      Buffer.from("\n5,6\n"),
    ]);
    const { columns, rows } = await columnStatistics([bytes]);
    expect(rows).toBe(3);
    expect(columns["a\ufffd [W]"]).toMatchObject({ count: 2, sum: 8, missingKinds: { "other text": 1 } });
  });

  it("keeps the lines of the first 20 bad rows and counts them all", async () => {
    const { badRows, firstBadRows } = await columnStatistics(`t,a\n${"1,2\n1\n\n".repeat(1000)}`);
    expect(badRows).toBe(1000);
    expect(firstBadRows.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, index) => 3 + 3 * index));
    expect(firstBadRows[0]?.reason).toBe("1 cell where the header has 2");
  });

  test.each([
    ["the header", ""],
    ["a row", "t,a\n1,2\n"],
    ["a quoted cell", 't,a\n1,2\n3,"'],
  ])("is refused after 1 MiB when a line of 1 GB is %s", async (_what, start) => {
    let sent = 0;
    const growths: number[] = [];
    async function* endless(): AsyncGenerator<string> {
      yield start;
      for await (const piece of sampled("x".repeat(65_536), 1e9, (bytes) => growths.push(bytes))) {
        sent += piece.length;
        yield piece;
      }
    }
    await expect(columnStatistics(endless())).rejects.toMatchObject({
      code: "BAD_CSV",
      message: expect.stringMatching(/line [13] is longer than 1 MiB/),
    });
    expect(sent).toBeLessThan(10_000_000);
  });
});

describe("a source that is stuck", () => {
  const LONG = Array.from({ length: 17 }, () => "x".repeat(65_536));
  test.each([
    ["a row that is too long", ["t,a\n1,2\n", ...LONG], "BAD_CSV"],
    ["a quoted cell that is too long", ['t,a\n1,"', ...LONG], "BAD_CSV"],
    ["a header that is too long", LONG, "BAD_CSV"],
    ["a header without the column", ["t,b\n"], "MISSING_COLUMN"],
    ["damaged gzip", [Buffer.concat([gzipSync(TEXT).subarray(0, 10), Buffer.alloc(100, 0xff)])], "BAD_GZIP"],
  ])("keeps no error waiting: %s", async (_what, pieces, code) => {
    async function* stuck(): AsyncGenerator<string | Uint8Array> {
      yield* pieces;
      await new Promise(() => undefined);
    }
    await expect(columnStatistics(stuck(), { columns: ["a"] })).rejects.toMatchObject({ code });
  });
});
