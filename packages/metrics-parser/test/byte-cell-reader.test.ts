import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteCellReader } from "../src/byte-cell-reader.ts";
import { cellReader } from "../src/cell-reader.ts";
import type { MissingKind } from "../src/missing-kind.ts";

const SEED = 20261124;
const BLANKS = ["", " ", "\t", "\v", "\u00a0", "\u3000", "\0"];
const UNITS = ["W", "mW", "%", "°C", "MiB", "µJ", "e", "E", "/", ":", "_"];
const NUMBERS = ["5", "68.59", "-", "+", ".", "0", "1e3", "nan", "inf", "Infinity", "123456789012345678", "0x1F"];
const OTHERS = ["N/A", "[N/A]", "ERR!", "[Not Supported]", "[", "'", "é", "😀", "P0", "2026/03/03 09:14:00.123"];

/** What a column's reader makes of cells that lie between two others. */
function readBytes(cells: readonly (string | Uint8Array)[]): readonly (number | MissingKind)[] {
  const reader = new ByteCellReader(cellReader());
  const found: (number | MissingKind)[] = [];
  const taker = { add: (value: number) => found.push(value), miss: (kind: MissingKind) => found.push(kind) };
  for (const cell of cells) {
    const bytes = Buffer.concat([Buffer.from("1,"), Buffer.from(cell), Buffer.from(",2\n")]);
    reader.take(bytes, 2, bytes.length - 3, taker);
  }
  return found;
}

const digits = fc.array(fc.nat({ max: 9 }), { maxLength: 25 }).map((list) => list.join(""));
const decimal = fc
  .record({
    sign: fc.constantFrom("", "", "-", "+"),
    whole: digits,
    fraction: fc.option(digits, { nil: undefined }),
    exponent: fc.option(fc.integer({ min: -330, max: 310 }), { nil: undefined, freq: 5 }),
  })
  .map(({ sign, whole, fraction, exponent }) =>
    [sign, whole, fraction === undefined ? "" : `.${fraction}`, exponent === undefined ? "" : `e${exponent}`].join(""),
  )
  .filter((text) => /\d/.test(text) && !/^[+-]?\.?e/.test(text));

describe("ByteCellReader", () => {
  it("reads every decimal to the double that Number() gives", () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const expected = Number(text);
        expect(readBytes([text])).toEqual([Number.isFinite(expected) ? expected : "not finite"]);
      }),
      { seed: SEED, numRuns: 20_000 },
    );
  });

  it("reads what any double is printed as to the same double", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.nat({ max: 20 }), (value, places) => {
        expect(readBytes([String(value)])).toEqual([Number(String(value))]);
        expect(readBytes([value.toFixed(places)])).toEqual([Number(value.toFixed(places))]);
      }),
      { seed: SEED, numRuns: 10_000 },
    );
  });

  const part = fc.constantFrom(...BLANKS, ...UNITS, ...NUMBERS, ...OTHERS);
  const cell = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(""));

  it("takes every cell for what its text is", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        expect(readBytes(cells)).toEqual(cells.map(cellReader()));
      }),
      { seed: SEED, numRuns: 20_000 },
    );
  });

  it("takes bytes that are no UTF-8 for what their text is", () => {
    const bytes = fc
      .array(fc.uint8Array({ maxLength: 4 }), { maxLength: 3 })
      .chain((parts) => fc.constantFrom("5", " W", "").map((middle) => Buffer.concat([...parts, Buffer.from(middle)])));
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 4 }), (cells) => {
        // Commas, line ends and quotes stand in no cell
        const plain = cells.map((raw) => raw.filter((byte) => ![10, 13, 34, 44].includes(byte)));
        expect(readBytes(plain)).toEqual(plain.map((raw) => Buffer.from(raw).toString()).map(cellReader()));
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });
});
