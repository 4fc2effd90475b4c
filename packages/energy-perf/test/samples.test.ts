import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parsePerf } from "../src/parse-perf.ts";
import { PerfError } from "../src/perf-error.ts";
import { perfReportToJson } from "../src/perf-report.ts";

const DEFAULTS = { kind: "perf", reasons: {}, repeats: null, is_mean: false, is_cut: false, dropped_rows: 0 };
/** Real outputs of others, which are not ours to publish: beside the clone, where there is one. */
const SAMPLES = fileURLToPath(new URL("../../../../shared/samples", import.meta.url));
const IS_HERE = existsSync(SAMPLES);
const why = IS_HERE ? "" : " (skipped: no ../shared/samples)";
const expectations: Readonly<Record<string, Readonly<Record<string, unknown>>>> = JSON.parse(
  readFileSync(new URL("fixtures/samples-expected.json", import.meta.url), "utf8"),
);
const directories = IS_HERE ? ["perf", "perf-local"] : [];
const files = directories.flatMap((directory) =>
  readdirSync(`${SAMPLES}/${directory}`).map((name): [string, string] => [name, `${SAMPLES}/${directory}/${name}`]),
);
const read = (name: string): string => readFileSync(new Map(files).get(name) ?? name, "utf8");

/** The JSON of the report, or the code and message of the refusal. */
function outcome(text: string): Readonly<Record<string, unknown>> {
  try {
    const { bad_lines: _, ...json } = perfReportToJson(parsePerf(text));
    return json;
  } catch (error) {
    if (error instanceof PerfError) return { refused: error.code, message: error.message };
    throw error;
  }
}

describe.skipIf(!IS_HERE)(`samples${why}`, () => {
  test("each has an expectation, and each expectation its sample", () => {
    expect(files.map(([name]) => name).sort()).toEqual(Object.keys(expectations).sort());
  });

  test.each(Object.keys(expectations))("%s", (name) => {
    const { says = "", ...expected } = expectations[name] ?? {};
    const { message = "", ...actual } = outcome(read(name));
    expect(actual).toEqual("refused" in expected ? expected : { ...DEFAULTS, ...expected });
    expect(message).toContain(says);
  });
});
