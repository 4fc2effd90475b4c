import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RecordsError } from "../src/errors.ts";
import { type Plan, PlanRowJson } from "../src/plan.ts";
import { outcomeToJson } from "../src/record.ts";
import {
  createSessionDirectory,
  readRecord,
  readRecords,
  rebuildSummary,
  writePlan,
  writeRecord,
} from "../src/session-directory.ts";
import { toJsonText } from "../src/write-file.ts";
import { EXAMPLE_ROW, exampleOutcome } from "./example-outcome.ts";

let results = "";
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), "ea-results-"));
});
afterEach(() => rmSync(results, { recursive: true, force: true }));

function rowDirectory(name: string): string {
  const directory = join(results, name);
  mkdirSync(directory);
  return directory;
}

test("a session has a directory of its own, below results that are made when needed", async () => {
  const below = join(results, "deep", "results");
  expect(await createSessionDirectory(below, "s")).toEqual({ session: "s", directory: join(below, "s") });
  expect(readdirSync(below)).toEqual(["s"]);
});

test("sessions that begin at once never share a directory", async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => createSessionDirectory(results, "s")));
  expect(new Set(made.map(({ directory }) => directory)).size).toBe(5);
  expect(readdirSync(results).sort()).toEqual(["s", "s_2", "s_3", "s_4", "s_5"]);
});

test("a file of that name is not overwritten", async () => {
  writeFileSync(join(results, "s"), "mine");
  expect((await createSessionDirectory(results, "s")).session).toBe("s_2");
  expect(readFileSync(join(results, "s"), "utf8")).toBe("mine");
});

test.each(["file", "file/below"])("results below a file are not writable: %s", async (path) => {
  writeFileSync(join(results, "file"), "");
  const failed = createSessionDirectory(join(results, path), "s");
  await expect(failed).rejects.toThrow(RecordsError);
  await expect(failed).rejects.toMatchObject({ code: "NOT_WRITABLE" });
  await expect(failed).rejects.toThrow(
    `Results directory ${join(results, path)} is not writable: ${join(results, "file")} is not a directory`,
  );
});

test("results where nothing can be made are not writable, and that is told at once", async () => {
  await expect(createSessionDirectory("/proc/nowhere/results", "s")).rejects.toMatchObject({
    code: "NOT_WRITABLE",
    message: expect.stringMatching(/^Results directory \/proc\/nowhere\/results is not writable: E/),
  });
});

test("the plan is two files: what holds for all, and one row a line", async () => {
  const plan: Plan = {
    toolVersion: "0.1.0",
    session: "s",
    seed: "42",
    warnings: [],
    experiments: [],
    rows: [EXAMPLE_ROW, { ...EXAMPLE_ROW, row: 8 }],
    policies: {},
  };
  await writePlan(results, plan);
  expect(JSON.parse(readFileSync(join(results, "plan.json"), "utf8"))).toMatchObject({ session: "s", planned: 2 });
  const lines = readFileSync(join(results, "rows.jsonl"), "utf8").split("\n");
  expect(lines.slice(0, -1).map((line) => PlanRowJson.parse(JSON.parse(line)).row)).toEqual([7, 8]);
  expect(lines.at(-1)).toBe("");
  await writePlan(results, { ...plan, rows: [] });
  expect(readFileSync(join(results, "rows.jsonl"), "utf8")).toBe("");
});

test("a record is read as it was written", async () => {
  const record = outcomeToJson(exampleOutcome());
  const path = await writeRecord(rowDirectory("007"), record);
  expect(path).toBe(join(results, "007", "experiment.json"));
  expect(await readRecord(path)).toEqual(record);
});

test("a record is written once", async () => {
  const directory = rowDirectory("007");
  const path = await writeRecord(directory, outcomeToJson(exampleOutcome()));
  const before = readFileSync(path, "utf8");
  const again = writeRecord(directory, outcomeToJson(exampleOutcome({ model: "other" })));
  await expect(again).rejects.toMatchObject({ code: "EXISTS" });
  expect(readFileSync(path, "utf8")).toBe(before);
});

test("unknown fields of a record are kept", async () => {
  const path = join(results, "experiment.json");
  writeFileSync(path, toJsonText({ ...outcomeToJson(exampleOutcome()), laboratory: "7b" }));
  expect(await readRecord(path)).toMatchObject({ laboratory: "7b" });
});

test.each([
  ["an empty file", "", /^\/.*experiment\.json: expected JSON: Unexpected end of JSON input$/],
  ["half a file", toJsonText(outcomeToJson(exampleOutcome())).slice(0, 500), /expected JSON: /],
  ["another text", "epoch 1\n", /expected JSON: Unexpected token/],
  ["no object", "[]", /experiment\.json: Invalid input: expected object/],
  ["a record without status", toJsonText({ ...outcomeToJson(exampleOutcome()), status: undefined }), /json: status: /],
  [
    "a word for a number",
    toJsonText({ ...outcomeToJson(exampleOutcome()), energy_metrics: { cpu_energy_pkg_joules: "0 J" } }),
    /json: energy_metrics\.cpu_energy_pkg_joules: Invalid input: expected number/,
  ],
  ["a later version", toJsonText({ ...outcomeToJson(exampleOutcome()), schema_version: 2 }), /json: schema_version: /],
])("%s is no record, and the message says where", async (_, text, message) => {
  const path = join(results, "experiment.json");
  writeFileSync(path, text);
  await expect(readRecord(path)).rejects.toMatchObject({ code: "BAD_RECORD", message: expect.stringMatching(message) });
});

test("records come in the order of their rows; rows without one are skipped", async () => {
  await writeRecord(rowDirectory("1000"), outcomeToJson(exampleOutcome({ row: 1000 })));
  await writeRecord(rowDirectory("007"), outcomeToJson(exampleOutcome({ row: 7 })));
  rowDirectory("008");
  writeFileSync(join(results, "plan.json"), "{}");
  expect((await readRecords(results)).map(({ row }) => row)).toEqual([7, 1000]);
});

test("one damaged record is not passed over", async () => {
  await writeRecord(rowDirectory("007"), outcomeToJson(exampleOutcome()));
  writeFileSync(join(rowDirectory("008"), "experiment.json"), "{");
  await expect(readRecords(results)).rejects.toThrow(join(results, "008", "experiment.json"));
});

test("the summary is rebuilt from the records, never appended to", async () => {
  await writeRecord(rowDirectory("007"), outcomeToJson(exampleOutcome()));
  const path = await rebuildSummary(results);
  const first = readFileSync(path, "utf8");
  expect(first.split("\n")).toHaveLength(3);
  await rebuildSummary(results);
  expect(readFileSync(path, "utf8")).toBe(first);
  expect(readdirSync(results).sort()).toEqual(["007", "summary.csv"]);
});
