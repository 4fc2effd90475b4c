import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnStatisticsOptions, statisticsBy } from "../src/column-statistics.ts";
import { MetricsParserError } from "../src/errors.ts";

const SEED = 20261124;

/** The statistics, or the error instead of them. */
async function outcome(
  reader: "bytes" | "csv-parse",
  pieces: readonly Uint8Array[],
  options: ColumnStatisticsOptions = {},
): Promise<unknown> {
  try {
    return await statisticsBy(reader, pieces, options);
  } catch (error) {
    if (!(error instanceof MetricsParserError)) throw error;
    return { code: error.code, message: error.message };
  }
}

function cut(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const borders = [0, ...cuts.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return borders.slice(1).map((to, index) => bytes.subarray(borders[index], to));
}

const number = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e6, max: 1e6 }).map(String),
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc.integer({ min: 0, max: 99_999 }).map((value) => `${(value / 100).toFixed(2)} W`),
  fc.integer({ min: 0, max: 100 }).map((value) => ` ${value} %`),
);
const missing = fc.constantFrom(
  "",
  " ",
  "[N/A]",
  "N/A",
  "ERR!",
  "nan",
  "-inf",
  "1 mW",
  "GPU-0a1b",
  "5 W ",
  "\u00a05",
  "x\0",
);
const stamp = fc
  .integer({ min: 0, max: 99 })
  .map((second) => `2026/03/03 09:14:${String(second % 61).padStart(2, "0")}.250`);
const odd = fc.constantFrom(
  '"1"',
  '"2" ',
  ' "3 W"',
  '"4,5;6"',
  '"7\n8"',
  '"9""10"',
  '"11"x',
  '1"2',
  '"',
  '"open',
  "\r",
  "a\rb",
  "\ufeff1",
);
const invalid = fc.constantFrom(Buffer.from([0xff]), Buffer.from([0x35, 0xc3]), Buffer.from([0xe2, 0x80, 0x2c]));
const plainCell = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 2, arbitrary: missing },
  { weight: 1, arbitrary: stamp },
);
const anyCell = fc.oneof(
  { weight: 12, arbitrary: plainCell },
  { weight: 1, arbitrary: odd },
  { weight: 1, arbitrary: invalid },
);

/** A table in one of many dialects, with faults here and there. */
const table = (cell: fc.Arbitrary<string | Uint8Array>): fc.Arbitrary<Buffer> =>
  fc
    .record({
      bom: fc.constantFrom("", "", "\ufeff"),
      delimiter: fc.constantFrom(",", ", ", ";", "\t"),
      width: fc.integer({ min: 1, max: 5 }),
      lineEnd: fc.constantFrom("\n", "\n", "\r\n", "\r"),
      isHeaderQuoted: fc.constantFrom(false, false, true),
      blank: fc.constantFrom("", "", "\n", "  \r\n"),
      rows: fc.array(
        fc.record({
          cells: fc.array(cell, { minLength: 5, maxLength: 5 }),
          extra: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, -1, 1),
          end: fc.constantFrom("", "", "", "", "", "", "", "\n", "\r\n", "\r", " \n\n"),
        }),
        { maxLength: 12 },
      ),
      isOpen: fc.boolean(),
    })
    .map(({ bom, delimiter, width, lineEnd, isHeaderQuoted, blank, rows, isOpen }) => {
      const names = ["t", "power [W]", "b", "c [%]", "d"].slice(0, width);
      const header = names.map((name) => (isHeaderQuoted ? `"${name}"` : name));
      const lines = rows.map(({ cells, extra, end }) => {
        const row = cells.slice(0, Math.max(1, width + extra));
        const parts = row.flatMap((value, index) => [Buffer.from(index === 0 ? "" : delimiter), Buffer.from(value)]);
        return Buffer.concat([...parts, Buffer.from(end === "" ? lineEnd : end)]);
      });
      const whole = Buffer.concat([Buffer.from(bom + blank + header.join(delimiter) + lineEnd), ...lines]);
      return isOpen ? whole.subarray(0, Math.max(0, whole.length - lineEnd.length)) : whole;
    });

describe("readRows", () => {
  it.each([
    ["plain tables", table(plainCell)],
    ["tables with quotes and faults", table(anyCell)],
  ])("has the same outcome by scanner and by csv-parse: %s", { timeout: 120_000 }, async (_what, tables) => {
    await fc.assert(
      fc.asyncProperty(tables, fc.array(fc.nat(), { maxLength: 8 }), fc.boolean(), async (bytes, cuts, isTimed) => {
        const options = isTimed ? { timeColumn: "t" } : {};
        const expected = await outcome("csv-parse", [bytes], options);
        expect(await outcome("bytes", [bytes], options)).toEqual(expected);
        expect(await outcome("bytes", cut(bytes, cuts), options)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it("has the same outcome wherever the bytes are cut", { timeout: 120_000 }, async () => {
    const text = '\ufefft, power [W], c\r\n1, 5.5 W, x\n\n2, [N/A], é\r\n3, 7 W, "a\nb"\r\n4, 8 W\n5, 9 W, y\n6, 1';
    const bytes = Buffer.from(text);
    const expected = await outcome("csv-parse", [bytes]);
    for (let place = 0; place <= bytes.length; place += 1) {
      expect(await outcome("bytes", [bytes.subarray(0, place), bytes.subarray(place)])).toEqual(expected);
    }
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await outcome("bytes", single)).toEqual(expected);
    expect(expected).toMatchObject({ rows: 4, badRows: 2, columns: { c: { count: 0 }, "power [W]": { sum: 21.5 } } });
  });
});
