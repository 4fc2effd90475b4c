import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { NvsmiError } from "../src/errors.ts";
import { parseQuery } from "../src/parse-query.ts";
import { queryStatisticsToJson } from "../src/query-json.ts";
import { queryStatistics } from "../src/query-statistics.ts";

/** Real outputs of others, which are not ours to publish: beside the clone, where there is one. */
const SAMPLES = fileURLToPath(new URL("../../../../shared/samples/nvidia-smi", import.meta.url));
const IS_HERE = existsSync(SAMPLES);
const why = IS_HERE ? "" : " (skipped: no ../shared/samples)";
/** Worked out from the files by other means than our parser. */
const expectations: Readonly<Record<string, Readonly<Record<string, unknown>>>> = JSON.parse(
  readFileSync(new URL("fixtures/samples-expected.json", import.meta.url), "utf8"),
);

/** The JSON of the statistics, or the code and message of the refusal. */
function outcome(text: string): Readonly<Record<string, unknown>> {
  try {
    const { samples, isCut } = parseQuery(text);
    const statistics = queryStatistics();
    for (const sample of samples) statistics.add(sample);
    return { ...queryStatisticsToJson(statistics.result()), is_cut: isCut };
  } catch (error) {
    if (error instanceof NvsmiError) return { refused: error.code, message: error.message };
    throw error;
  }
}

/** Numbers are written down to six decimals. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return Math.round(value * 1e4) / 1e4;
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}

describe.skipIf(!IS_HERE)(`samples${why}`, () => {
  test("each has an expectation, and each expectation its sample", () => {
    expect(readdirSync(SAMPLES).sort()).toEqual(Object.keys(expectations).sort());
  });

  test.each(Object.keys(expectations))("%s", (name) => {
    // What `ea parse` makes of a derived table is `check:samples`' to compare
    const { says = "", csv: _, ...expected } = expectations[name] ?? {};
    const { message = "", ...actual } = outcome(readFileSync(`${SAMPLES}/${name}`, "utf8"));
    expect(rounded(actual)).toMatchObject({ ...Object(rounded(expected)) });
    expect(message).toContain(says);
  });
});
