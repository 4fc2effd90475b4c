import { expect, test } from "vitest";
import type { LogFacts } from "../../src/original/log-facts.ts";
import { readOriginalRecord } from "../../src/original/original-record.ts";
import { judgeRun } from "../../src/original/verdict.ts";
import { soloRecord } from "./original-files.ts";

const record = readOriginalRecord(soloRecord("x"));
const log: LogFacts = {
  file: "x/terminal_output.txt",
  metrics: {},
  values: {},
  failure: undefined,
  exitCode: 0,
  command: [],
  echoed: {},
  lines: 1,
};

test("a run is a success where its record says so and its log nothing else", () => {
  expect(judgeRun(record, undefined)).toMatchObject({ status: "success", errorMessage: "", provenance: "recorded" });
  expect(judgeRun(record, log)).toMatchObject({ status: "success" });
});

test("what the log shows counts more than what the record says", () => {
  const failure = { failureClass: "oom", message: "out of memory; line 3: CUDA out of memory" } as const;
  expect(judgeRun(record, { ...log, failure })).toMatchObject({
    status: "failed",
    failureClass: "oom",
    errorMessage: failure.message,
    provenance: "x/terminal_output.txt",
  });
});

test.each([
  ["Pattern 'CUDA out of memory' found", "oom"],
  ["Training.*FAILED", "crash"],
])("a failure that is recorded as %j is %s", (words, failureClass) => {
  const failed = readOriginalRecord(soloRecord("x", { training_success: false, error_message: words }));
  expect(judgeRun(failed, undefined)).toMatchObject({ status: "failed", failureClass, errorMessage: words });
});

test("a run without a record is suspect: nobody says how it ended", () => {
  expect(judgeRun(undefined, undefined)).toMatchObject({ status: "suspect", failureClass: undefined });
  expect(judgeRun(undefined, log)).toMatchObject({ status: "suspect" });
});
