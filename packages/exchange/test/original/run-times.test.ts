import { expect, test } from "vitest";
import { runTimes } from "../../src/original/run-times.ts";
import { START, wallClock } from "./original-files.ts";

const span = { startMs: START * 1000, endMs: (START + 100) * 1000 };
const energy = { powerSpan: span, elapsedSeconds: 100.4 };
const record = { timestamp: wallClock(START + 102), durationSeconds: 101.3 };

test("a run begins with its trace and ends at its time stamp, whose offset the trace tells", () => {
  expect(runTimes({ ...record, energy, usualOffset: 0 })).toMatchObject({
    startedAt: "2025-12-31T05:36:18.000+08:00",
    endedAt: "2025-12-31T05:38:00.614+08:00",
    durationSeconds: 101.3,
    windows: {
      "nvidia-smi": { start_ms: span.startMs, end_ms: span.endMs },
      cpu: { start_ms: span.startMs, end_ms: span.startMs + 100_400 },
    },
    provenance: { utc_offset: "own trace", timestamp: "first reading of the GPU's trace" },
  });
});

test("without a trace the offset is that of other runs", () => {
  const without = { powerSpan: undefined, elapsedSeconds: undefined };
  expect(runTimes({ ...record, energy: without, usualOffset: 480 })).toMatchObject({
    startedAt: "2025-12-31T05:36:19.314+08:00",
    provenance: { utc_offset: "traces of other runs", timestamp: "end less duration" },
  });
  expect(runTimes({ ...record, energy: without, usualOffset: undefined })).toMatchObject({
    endedAt: "2025-12-31T05:38:00.614+00:00",
    provenance: { utc_offset: "taken as UTC" },
  });
});

test("without a record the trace and perf's report tell when it was and how long it took", () => {
  const facts = { timestamp: undefined, durationSeconds: undefined, usualOffset: 480 };
  expect(runTimes({ ...facts, energy })).toMatchObject({
    startedAt: "2025-12-31T05:36:18.000+08:00",
    durationSeconds: 100.4,
    provenance: { duration_seconds: "time elapsed in perf's report" },
  });
  expect(runTimes({ ...facts, energy: { ...energy, elapsedSeconds: undefined } })).toMatchObject({
    durationSeconds: 100,
    provenance: { duration_seconds: "span of the GPU's trace" },
  });
});

test("the trace of another run does not move this one", () => {
  const other = { startMs: span.startMs - 86_400_000, endMs: span.endMs - 86_400_000 };
  const times = runTimes({ ...record, energy: { ...energy, powerSpan: other }, usualOffset: 480 });
  expect(times).toMatchObject({ startedAt: "2025-12-31T05:36:19.314+08:00" });
});

test("a run of which nothing tells when it was or how long it took is none", () => {
  const nothing = { powerSpan: undefined, elapsedSeconds: undefined };
  const times = (timestamp: string | undefined, durationSeconds: number | undefined): unknown =>
    runTimes({ timestamp, durationSeconds, energy: nothing, usualOffset: 480 });
  expect(times(undefined, 5)).toMatch(/nothing says when it was/);
  expect(times("soon", 5)).toMatch(/nothing says when it was/);
  expect(times(record.timestamp, undefined)).toMatch(/nothing says how long it took/);
});
