import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { RecordJson } from "@ea/records";
import { describe, expect, it, test } from "vitest";
import type { SessionEvent } from "../src/events.ts";
import { type RowRequest, runRow } from "../src/run-row.ts";
import type { SettingsOverrides } from "../src/settings.ts";
import { countingClock } from "./clocks.ts";
import { gpu, meter } from "./meters.ts";
import { untilWritten } from "./processes.ts";
import { GOOD, newProject, readJson, rowRequest } from "./projects.ts";
import { put } from "./temporary.ts";

async function row(script: string, overrides: SettingsOverrides = {}, fields: Partial<RowRequest> = {}) {
  const events: SessionEvent[] = [];
  const clock = countingClock();
  const onEvent = (event: SessionEvent) => events.push(event);
  const request = await rowRequest(await newProject(script), overrides, { clock, onEvent, ...fields });
  const finished = await runRow(request);
  return { ...finished, request, events, slept: clock.slept };
}

const failsUntil = (attempt: number): string => `[ "$EARUN_ATTEMPT_NUMBER" -ge ${attempt} ] || exit 3; ${GOOD}`;
const types = (events: readonly SessionEvent[]) => events.map(({ type }) => type);

test("a row that succeeds at once has one attempt and its record", async () => {
  const { record, path, events, request, slept } = await row(GOOD);
  expect(record).toMatchObject({
    experiment_id: request.row.experimentId,
    hyperparameters: request.row.hyperparameters,
    training_success: true,
    status: "success",
    retries: 0,
    error_message: "",
    performance_metrics: { accuracy: 0.9 },
  });
  expect(path).toBe(join(request.rowDirectory, "experiment.json"));
  expect(RecordJson.parse(await readJson(path ?? ""))).toEqual(record);
  expect(types(events)).toEqual(["row-started", "attempt-started", "row-finished"]);
  expect(slept).toEqual([]);
});

describe("retries", () => {
  it("go on until an attempt succeeds; every attempt is recorded", async () => {
    const { record, events } = await row(failsUntil(3));
    expect(record).toMatchObject({
      status: "success",
      retries: 2,
      attempts: [
        { attempt: 1, failure_class: "crash", exit_code: 3 },
        { attempt: 2, failure_class: "crash" },
        { attempt: 3, failure_class: null },
      ],
    });
    const attempts = ["attempt-started", "attempt-failed", "attempt-started", "attempt-failed", "attempt-started"];
    expect(types(events)).toEqual(["row-started", ...attempts, "cleaned-up", "cleaned-up", "row-finished"]);
  });

  it("end when there are no more; the record is the last attempt's", async () => {
    const { record, events } = await row('exit "$EARUN_ATTEMPT_NUMBER"', { maxRetries: 1 });
    expect(record).toMatchObject({
      status: "failed",
      training_success: false,
      failure_class: "crash",
      retries: 1,
      error_message: expect.stringMatching(/^exit code 2; /),
    });
    expect(events.flatMap((event) => (event.type === "attempt-failed" ? [event.isRetried] : []))).toEqual([
      true,
      false,
    ]);
  });

  it("are two unless asked otherwise, and none when there shall be none", async () => {
    expect((await row("exit 1")).record?.attempts).toHaveLength(3);
    expect((await row("exit 1", { maxRetries: 0 })).record?.attempts).toHaveLength(1);
  });

  it("are not made for what would fail again", async () => {
    expect((await row("kill -KILL $$")).record).toMatchObject({ failure_class: "signal", retries: 0 });
    expect((await row("echo accuracy: nan")).record).toMatchObject({ failure_class: "nan", retries: 0 });
    expect((await row("echo MemoryError; exit 1")).record).toMatchObject({ failure_class: "oom", retries: 0 });
  });

  it("are made for time-outs only when asked for", async () => {
    const limits = { timeoutSeconds: 0.1, maxRetries: 1 };
    expect((await row("sleep 1000", limits)).record).toMatchObject({ failure_class: "timeout", retries: 0 });
    expect((await row("sleep 1000", { ...limits, retryTimeouts: true })).record?.retries).toBe(1);
  });

  it("wait 30 seconds each, or as long as asked for, or not at all", async () => {
    expect((await row("exit 1", { sleep: true })).slept).toEqual([30, 30]);
    expect((await row("exit 1", { sleep: true, retrySleepSeconds: 7 })).slept).toEqual([7, 7]);
    expect((await row("exit 1", { sleep: true, retrySleepSeconds: 0 })).slept).toEqual([]);
    expect((await row("exit 1", { sleep: false })).slept).toEqual([]);
  });

  it("wait twice as long each time that the network fails", async () => {
    const offline =
      'echo "requests.exceptions.ConnectionError: [Errno -3] Temporary failure in name resolution"; exit 1';
    expect((await row(offline, { sleep: true, maxRetries: 3 })).slept).toEqual([30, 60, 120]);
    const once = `[ "$EARUN_ATTEMPT_NUMBER" = 3 ] || { ${offline}; }; exit 1`;
    expect((await row(once, { sleep: true, maxRetries: 3 })).slept).toEqual([30, 60, 30]);
  });

  it("announce their sleep", async () => {
    const { events } = await row("exit 1", { sleep: true, maxRetries: 1 });
    expect(events).toContainEqual({ type: "sleeping", seconds: 30, reason: "retry" });
  });
});

describe("after a success", () => {
  const filesOf = async (request: RowRequest, attempt: number) =>
    (await readdir(join(request.rowDirectory, `attempt_${attempt}`))).sort();

  it("the raw files of failed attempts go, their records stay", async () => {
    const { request, events } = await row(
      `mkdir "$EARUN_ATTEMPT_DIRECTORY/checkpoints"; echo 1 > "$EARUN_ATTEMPT_DIRECTORY/checkpoints/1"; ${failsUntil(2)}`,
    );
    expect(await filesOf(request, 1)).toEqual(["attempt.json"]);
    expect(await filesOf(request, 2)).toEqual(["attempt.json", "checkpoints", "training.log"]);
    expect(events).toContainEqual({
      type: "cleaned-up",
      row: request.row,
      directory: join(request.rowDirectory, "attempt_1"),
    });
  });

  it("they stay when asked to", async () => {
    const { request, events } = await row(failsUntil(2), { keepFailed: true });
    expect(await filesOf(request, 1)).toEqual(["attempt.json", "training.log"]);
    expect(types(events)).not.toContain("cleaned-up");
  });

  it("a directory that cannot be cleaned up is a warning", async () => {
    const { record, events } = await row(
      `[ "$EARUN_ATTEMPT_NUMBER" = 1 ] || rm -r "$EARUN_ROW_DIRECTORY/attempt_1"; ${failsUntil(2)}`,
    );
    expect(record).toMatchObject({ status: "success" });
    expect(events).toContainEqual(expect.objectContaining({ type: "warning", code: "clean-up" }));
  });
});

test("the training has the variables of its repository, beside the caller's and before ours", async () => {
  const project = await newProject('echo accuracy: "$RATE"; test "$HOME$EARUN_ROW" = /home/me0', {
    env: { RATE: "0.75" },
  });
  const request = await rowRequest(project);
  const environment = { ...request.environment, HOME: "/home/me" };
  const { record } = await runRow({ ...request, environment });
  expect(record).toMatchObject({ status: "success", performance_metrics: { accuracy: 0.75 } });
});

test("after a failure the raw files stay", async () => {
  const { request } = await row("exit 1", { maxRetries: 1 });
  for (const attempt of [1, 2]) {
    expect(existsSync(join(request.rowDirectory, `attempt_${attempt}/training.log`))).toBe(true);
  }
});

describe("an interrupted row", () => {
  it("has its attempt, and no record", async () => {
    const stopping = new AbortController();
    const events: SessionEvent[] = [];
    const onEvent = (event: SessionEvent) => events.push(event);
    const request = await rowRequest(
      await newProject("echo ready; sleep 1000"),
      {},
      { signal: stopping.signal, onEvent },
    );
    const running = runRow(request);
    await untilWritten(join(request.rowDirectory, "attempt_1/training.log"));
    stopping.abort();
    expect(await running).toEqual({ record: undefined, path: undefined });
    expect(await readdir(request.rowDirectory)).toEqual(["attempt_1"]);
    expect(await readJson(join(request.rowDirectory, "attempt_1/attempt.json"))).toMatchObject({
      failure_class: "interrupted",
    });
    expect(types(events).slice(-2)).toEqual(["attempt-failed", "row-interrupted"]);
  });

  it("has none either when another attempt was due", async () => {
    const stopping = new AbortController();
    const clock = { ...countingClock(), sleep: () => Promise.resolve(stopping.abort()) };
    const { record, events, request } = await row("exit 1", { sleep: true }, { signal: stopping.signal, clock });
    expect(record).toBeUndefined();
    expect(types(events).slice(-2)).toEqual(["sleeping", "row-interrupted"]);
    expect(await readdir(request.rowDirectory)).toEqual(["attempt_1"]);
  });

  it("has its record when no other attempt was due", async () => {
    const stopping = new AbortController();
    const onEvent = (event: SessionEvent) => {
      if (event.type === "attempt-failed") stopping.abort();
    };
    const { record } = await row("exit 1", { maxRetries: 0 }, { signal: stopping.signal, onEvent });
    expect(record).toMatchObject({ status: "failed" });
  });

  it("is not started when it was interrupted at the gate", async () => {
    const stopping = new AbortController();
    const clock = { ...countingClock(), sleep: () => Promise.resolve(stopping.abort()) };
    const meters = [meter({ inspect: () => Promise.resolve([gpu(7)]) })];
    const { record, events } = await row(GOOD, { gate: "wait" }, { signal: stopping.signal, clock, meters });
    expect(record).toBeUndefined();
    expect(types(events)).not.toContain("attempt-started");
    expect(types(events)).toContain("row-interrupted");
  });
});

test("what the gate saw stands in the record", async () => {
  const meters = [meter({ inspect: () => Promise.resolve([gpu(7)]) })];
  const { record } = await row(GOOD, { gate: "flag" }, { meters });
  expect(record).toMatchObject({
    flags: expect.arrayContaining([expect.objectContaining({ code: "contaminated", severity: "error" })]),
  });
});

test("work that is too little is not tried again", async () => {
  const project = await newProject(GOOD, { min_duration_seconds: 3600 });
  expect((await runRow(await rowRequest(project))).record).toMatchObject({
    status: "suspect",
    training_success: false,
    retries: 0,
  });
});

test("a row with a record is not run over it", async () => {
  const request = await rowRequest(await newProject(GOOD));
  await mkdir(request.rowDirectory);
  await put(join(request.rowDirectory, "experiment.json"), "{}");
  await expect(runRow(request)).rejects.toMatchObject({ code: "EXISTS" });
  expect(await readJson(join(request.rowDirectory, "experiment.json"))).toEqual({});
});
