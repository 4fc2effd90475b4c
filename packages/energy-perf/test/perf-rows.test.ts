import { readdirSync, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parsePerf } from "../src/parse-perf.ts";
import type { PerfRow } from "../src/perf-row.ts";
import { perfRows } from "../src/perf-rows.ts";

const FIXTURES = new URL("fixtures/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), "utf8");
const names = readdirSync(FIXTURES).filter((name) => /\.(csv|jsonl)$/.test(name));

async function collect(chunks: AsyncIterable<string> | Iterable<string>): Promise<PerfRow[] | string> {
  const rows: PerfRow[] = [];
  try {
    for await (const row of perfRows(chunks)) rows.push(row);
  } catch (error) {
    return String(error);
  }
  return rows;
}

function cutAt(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

test.each(names)("%s gives the same rows, or the same error, in chunks of any size", async (name) => {
  const text = fixture(name);
  const whole = await collect([text]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (places) => {
      expect(await collect(cutAt(text, places))).toEqual(whole);
    }),
    { seed: 42 },
  );
  expect(await collect(text)).toEqual(whole);
});

test("a stream gives the rows of the report, one by one", async () => {
  const text = fixture("synthetic-interval.jsonl");
  expect(await collect(Readable.from([text]))).toEqual(parsePerf(text).rows);
  expect(parsePerf(text).rows[0]).toEqual({
    event: "energy-pkg",
    spelling: "power/energy-pkg/",
    timeSeconds: 1.001048308,
    label: undefined,
    cpus: undefined,
    joules: 19.630127,
    absence: undefined,
    countedSeconds: 1.001203266,
    isMean: false,
    isSummary: false,
  });
});

test("an object without a last newline is whole, a row without one was cut", async () => {
  expect(await collect([fixture("synthetic-interval.jsonl").trim()])).toHaveLength(4);
  expect(await collect([fixture("synthetic-interval.csv").trim()])).toHaveLength(5);
  expect(
    await collect(['{"counter-value" : "1.000000", "unit" : "Joules", "event" : "power/energy-pkg/"}']),
  ).toHaveLength(1);
});

test("leaving the loop ends the source", async () => {
  let isEnded = false;
  async function* source(): AsyncGenerator<string, void> {
    try {
      for (;;) yield fixture("synthetic-interval.csv");
    } finally {
      isEnded = true;
    }
  }
  for await (const row of perfRows(source())) {
    expect(row.joules).toBe(19.63);
    break;
  }
  expect(isEnded).toBe(true);
});

test.each([
  ["nothing", [], "an empty text"],
  ["a long text", ["x".repeat(5000), "y".repeat(5000)], "Expected rows of perf stat -x or -j"],
  ["a report for people", [fixture("synthetic-human-repeat.txt")], "Expected rows of perf stat -x or -j"],
  ["perf's own error", [fixture("perf-6.1-no-pmu.txt")], "unknown term 'energy-pkg'"],
])("%s is refused", async (_, chunks, message) => {
  expect(await collect(chunks)).toContain(message);
});
