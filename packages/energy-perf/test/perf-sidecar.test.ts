import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { parseIntervals } from "../src/parse-intervals.ts";
import { PERF_EVENTS } from "../src/perf-events.ts";
import { startPerf } from "../src/perf-sidecar.ts";
import { useFakePerf } from "./fake-perf.ts";
import { processesMentioning } from "./processes.ts";

const { directory } = useFakePerf();
const events = PERF_EVENTS.slice(0, 2);
const raw = (): string => join(directory(), "raw.txt");

test("a stop keeps the interval that was under way, and nothing lives afterwards", async () => {
  const perf = startPerf(events, 200, raw());
  await sleep(700);
  expect(await perf.stop()).toMatchObject({ failure: undefined, isMissing: false });
  const { intervals, badLines } = parseIntervals(await readFile(raw(), "utf8"));
  expect(badLines).toBe(0);
  expect(intervals.length).toBeGreaterThanOrEqual(4);
  expect(perf.cpuSeconds()).toBeGreaterThan(0);
  expect(await processesMentioning(raw())).toEqual([]);
});

test("a perf that ends by itself has failed, and says how", async () => {
  vi.stubEnv("FAKE_PERF_MODE", "dies");
  vi.stubEnv("FAKE_PERF_DIES_AFTER_MS", "100");
  const perf = startPerf(events, 50, raw());
  expect(await perf.ended).toMatchObject({ failure: "perf was ended by SIGKILL" });
  expect(await perf.stop()).toMatchObject({ failure: "perf was ended by SIGKILL" });
});

test("a perf that refuses has failed with its status and its words", async () => {
  vi.stubEnv("FAKE_PERF_MODE", "no-pmu");
  const { failure, exitCode, stderr } = await startPerf(events, 100, raw()).ended;
  expect(failure).toBe("perf ended with exit status 129");
  expect(exitCode).toBe(129);
  expect(stderr).toContain("Cannot find PMU `power'");
});

test("a perf that does not leave is killed, and that is a failure", async () => {
  vi.stubEnv("FAKE_PERF_MODE", "ignores-sigint");
  const perf = startPerf(events, 100, raw());
  await sleep(400);
  expect(await perf.stop()).toMatchObject({ failure: "perf was ended by SIGKILL" });
  expect(await processesMentioning(raw())).toEqual([]);
});

test("no perf on PATH is told apart, and may be stopped", async () => {
  vi.stubEnv("PATH", directory());
  const perf = startPerf(events, 100, raw());
  const missing = { failure: "perf could not be started", isMissing: true, exitCode: undefined };
  expect(await perf.stop()).toMatchObject(missing);
  expect(await perf.ended).toMatchObject(missing);
});
