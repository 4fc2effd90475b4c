import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { attemptToJson } from "../src/attempt.ts";
import { outcomeToJson } from "../src/record.ts";
import {
  findRecord,
  readAttempt,
  readRecord,
  readRecords,
  retiredRecords,
  retireRecord,
  writeRecord,
} from "../src/record-files.ts";
import { rebuildSummary } from "../src/table-text.ts";
import { toJsonText } from "../src/write-file.ts";
import { EXAMPLE_ATTEMPT, exampleOutcome } from "./example-outcome.ts";

let session = "";
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), "ea-session-"));
});
afterEach(() => rmSync(session, { recursive: true, force: true }));

function rowDirectory(name: string): string {
  const directory = join(session, name);
  mkdirSync(directory);
  return directory;
}

test("a record is read as it was written", async () => {
  const record = outcomeToJson(exampleOutcome());
  const path = await writeRecord(rowDirectory("007"), record);
  expect(path).toBe(join(session, "007", "experiment.json"));
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
  const path = join(session, "experiment.json");
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
  ["no version", toJsonText({ ...outcomeToJson(exampleOutcome()), schema_version: "1" }), /json: schema_version: /],
])("%s is no record, and the message says where", async (_, text, message) => {
  const path = join(session, "experiment.json");
  writeFileSync(path, text);
  await expect(readRecord(path)).rejects.toMatchObject({ code: "BAD_RECORD", message: expect.stringMatching(message) });
});

test("records come in the order of their rows; rows without one are skipped", async () => {
  await writeRecord(rowDirectory("1000"), outcomeToJson(exampleOutcome({ row: 1000 })));
  await writeRecord(rowDirectory("007"), outcomeToJson(exampleOutcome({ row: 7 })));
  rowDirectory("008");
  writeFileSync(join(session, "plan.json"), "{}");
  expect((await readRecords(session)).map(({ row }) => row)).toEqual([7, 1000]);
});

test("one damaged record is not passed over", async () => {
  await writeRecord(rowDirectory("007"), outcomeToJson(exampleOutcome()));
  writeFileSync(join(rowDirectory("008"), "experiment.json"), "{");
  await expect(readRecords(session)).rejects.toThrow(join(session, "008", "experiment.json"));
});

test("the summary is rebuilt from the records, never appended to", async () => {
  await writeRecord(rowDirectory("007"), outcomeToJson(exampleOutcome()));
  const path = await rebuildSummary(session);
  const first = readFileSync(path, "utf8");
  expect(first.split("\n")).toHaveLength(3);
  await rebuildSummary(session);
  expect(readFileSync(path, "utf8")).toBe(first);
  expect(readdirSync(session).sort()).toEqual(["007", "summary.csv"]);
});

test("of several processes that end a row at once, one writes its record", async () => {
  const directory = rowDirectory("007");
  const models = Array.from({ length: 8 }, (_, index) => `m${index}`);
  const written = await Promise.allSettled(
    models.map((model) => writeRecord(directory, outcomeToJson(exampleOutcome({ model })))),
  );
  expect(written.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(models[written.findIndex(({ status }) => status === "fulfilled")]).toBe((await findRecord(directory))?.model);
  expect(readdirSync(directory)).toEqual(["experiment.json"]);
});

test("a record of a later version is refused, and the message says what helps", async () => {
  const path = join(session, "experiment.json");
  writeFileSync(path, toJsonText({ ...outcomeToJson(exampleOutcome()), schema_version: 2 }));
  await expect(readRecord(path)).rejects.toMatchObject({
    code: "TOO_NEW",
    message: `${path}: schema_version: expected at most 1, found 2: a newer ea wrote it; update this one`,
  });
});

describe("a record that is set aside", () => {
  it("keeps its content under the next free number, and the row has none any more", async () => {
    const directory = rowDirectory("007");
    for (const retries of [0, 1]) {
      await writeRecord(directory, { ...outcomeToJson(exampleOutcome()), retries });
      await retireRecord(directory);
    }
    expect(await findRecord(directory)).toBeUndefined();
    expect(readdirSync(directory).sort()).toEqual(["experiment.1.json", "experiment.2.json"]);
    expect((await retiredRecords(directory)).map(({ retries }) => retries)).toEqual([0, 1]);
  });
});

test("an attempt is read as it was written; a directory without one has none", async () => {
  const directory = rowDirectory("attempt_1");
  expect(await readAttempt(directory)).toBeUndefined();
  writeFileSync(join(directory, "attempt.json"), toJsonText({ ...attemptToJson(EXAMPLE_ATTEMPT), laboratory: "7b" }));
  expect(await readAttempt(directory)).toEqual({ ...attemptToJson(EXAMPLE_ATTEMPT), laboratory: "7b" });
});
