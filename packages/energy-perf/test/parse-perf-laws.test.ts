import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePerf } from "../src/parse-perf.ts";
import { LANGUAGES, type Printed, printCsv, printHuman, printJson } from "./print-perf.ts";
import { tryPerf } from "./try-perf.ts";

const FIXTURES = new URL("fixtures/", import.meta.url);

describe("round trip", () => {
  const event = fc.constantFrom("energy-pkg", "energy-ram", "energy-cores", "energy-gpu", "energy-psys");
  const centijoules = fc.oneof(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 9_999_999_999 }));
  const labels = fc.constantFrom<readonly (readonly [string | undefined, number | undefined])[]>(
    [[undefined, undefined]],
    [
      ["S0", 1],
      ["S1", 1],
    ],
    [
      ["CPU0", undefined],
      ["CPU12", undefined],
    ],
    [
      ["S0-D0-C0", 1],
      ["S1-D0-C0", 1],
    ],
  );
  const times = fc.oneof(
    fc.constant([undefined]),
    fc.integer({ min: 1, max: 6 }).map((n) => [...Array(n).keys()].map((i) => 1.001 * (i + 1))),
  );
  const report = fc.tuple(fc.uniqueArray(event, { minLength: 1 }), labels, times).chain(([events, who, when]) => {
    const places = when.flatMap((timeSeconds) =>
      events.flatMap((name) => who.map(([label, cpus]) => ({ event: name, timeSeconds, label, cpus }))),
    );
    return fc
      .array(centijoules, { minLength: places.length, maxLength: places.length })
      .map((values) => places.map((place, index): Printed => ({ ...place, centijoules: values[index] })));
  });
  const sums = (rows: readonly Printed[]): Record<string, number> => {
    const total = new Map<string, number>();
    for (const row of rows) total.set(row.event, (total.get(row.event) ?? 0) + (row.centijoules ?? 0));
    return Object.fromEntries([...total].map(([name, value]) => [name, value / 100]));
  };

  test.each(Object.entries(LANGUAGES))("for people, %s", (name, language) => {
    fc.assert(
      fc.property(report, (rows) => {
        const hasLabel = rows.some(({ label }) => label !== undefined);
        fc.pre(name !== "old_fr" || !hasLabel);
        expect(parsePerf(printHuman(rows, language))).toMatchObject({
          form: "human",
          joules: sums(rows),
          reasons: {},
          isCut: false,
        });
      }),
      { seed: 42 },
    );
  });

  test.each([",", ";", "|", "\t", " ", ":", "; ", "||"])("-x %j", (separator) => {
    fc.assert(
      fc.property(report, fc.constantFrom(".", ","), (rows, decimal) => {
        fc.pre(decimal !== separator);
        const text = printCsv(rows, separator, decimal);
        expect(parsePerf(text)).toMatchObject({
          form: "csv",
          joules: sums(rows),
          reasons: {},
          isCut: false,
          badLines: 0,
        });
      }),
      { seed: 42 },
    );
  });

  test("-j", () => {
    fc.assert(
      fc.property(report, (rows) => {
        expect(parsePerf(printJson(rows))).toMatchObject({
          form: "json",
          joules: sums(rows),
          reasons: {},
          isCut: false,
        });
      }),
      { seed: 42 },
    );
  });
});

/** What is wrong with the report of a text that was cut after `length` characters. */
function wrongAfterCut(text: string, length: number): string[] {
  const whole = tryPerf(text);
  const cut = tryPerf(text.slice(0, length));
  if (typeof cut === "string" || typeof whole === "string") return [];
  const line = text.slice(text.lastIndexOf("\n", length - 1) + 1, length);
  // Behind a closed object nothing of it is missing
  const isWithinRow = line.trim() !== "" && cut.rows.length < whole.rows.length && !/\}\s*$/.test(line);
  const isMore = Object.entries(cut.joules).some(([event, joules]) => {
    return joules !== null && joules > (whole.joules[event] ?? Number.POSITIVE_INFINITY);
  });
  const checks = {
    "a row changed": JSON.stringify(cut.rows) !== JSON.stringify(whole.rows.slice(0, cut.rows.length)),
    "more than the whole": isMore,
    "a cut row is not told": isWithinRow && !(cut.isCut && cut.droppedRows === 1),
    "a missing end is not told":
      cut.form === "human" && cut.rows.length > 0 && !cut.isCut && cut.elapsedSeconds === undefined,
  };
  return Object.entries(checks).flatMap(([what, isWrong]) => (isWrong ? [`${length}: ${what}`] : []));
}

test.each(readdirSync(FIXTURES).filter((name) => /\.(csv|jsonl|txt)$/.test(name)))(
  "%s cut at any character: no row changes, none is made up, a cut one is told",
  (name) => {
    const text = readFileSync(new URL(name, FIXTURES), "utf8");
    expect(Array.from({ length: text.length }, (_, length) => wrongAfterCut(text, length)).flat()).toEqual([]);
  },
);

describe("arbitrary text", () => {
  const piece = fc.constantFrom(
    ...'\n \r\n ; , \t { } " 1.001048308 19.63 19,63 1,234.50 <not Joules energy-ram 100.00 S0-D0-C0 CPU3 -1 1e9 NaN'.split(
      " ",
    ),
    " ",
    "<not counted>",
    "power/energy-pkg/",
    " Performance counter stats for 'system wide':",
    " seconds time elapsed",
    '{"counter-value" : ',
    "2002406532",
    "__proto__",
    "constructor",
    "# started on ",
    "summary",
    "\n     1.001048308;19.63;Joules;power/energy-pkg/;2002406532;100.00;;\n",
    "\n     2.001048308;<not counted>;Joules;power/__proto__/;2002406532;100.00;;\n",
    "\n             43.26 Joules power/energy-psys/\n",
    '{"counter-value" : "88.445740", "unit" : "Joules", "event" : "power/energy-pkg/"}',
  );

  test("is refused with a code or read, and gives no number that is not finite and positive", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        const report = tryPerf(pieces.join(""));
        const { joules, reasons } = typeof report === "string" ? { joules: {}, reasons: {} } : report;
        const wrong = Object.entries(joules).filter(([event, value]) => {
          return value === null ? !Object.hasOwn(reasons, event) : !(Number.isFinite(value) && value >= 0);
        });
        expect(wrong).toEqual([]);
      }),
      { seed: 42, numRuns: 3000 },
    );
  });

  test.each(['{"', " ", "1,", "Joules ", "1 ", "}", "Joules,", ".", "a-1 ", "' "])(
    "a megabyte of %j ends soon",
    (text) => {
      expect(typeof tryPerf(text.repeat(1_000_000 / text.length))).toBe("string");
      expect(typeof tryPerf(`${text.repeat(1_000_000 / text.length)}\n`)).toBe("string");
    },
    10_000,
  );
});
