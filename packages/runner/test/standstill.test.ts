import { expect, test } from "vitest";
import { watchTime } from "../src/standstill.ts";

const HOUR_MS = 3_600_000;

/** A wall clock that is set by so many milliseconds, and a steady one, over ten seconds. */
function stepped(stepMs: number) {
  let [wallMs, steadyMs] = [Date.UTC(2026, 10, 23), 0];
  const watch = watchTime({ now: () => new Date(wallMs), monotonicMs: () => steadyMs });
  wallMs += 10_000 + stepMs;
  steadyMs += 10_000;
  return watch.flags();
}

test("a wall clock that goes as time passes, to the second, is nothing to tell", () => {
  expect(stepped(0)).toEqual([]);
  expect(stepped(900)).toEqual([]);
});

test.each([
  [HOUR_MS, "3600.0 s forward"],
  [-HOUR_MS, "3600.0 s back"],
  [1500, "1.5 s forward"],
])("a step of %s ms is told", (stepMs, words) => {
  expect(stepped(stepMs)).toMatchObject([
    { code: "clock-step", message: expect.stringContaining(words), evidence: { stepSeconds: stepMs / 1000 } },
  ]);
});

test("an ea that stood still is told: it came late to the end of the training", () => {
  const watch = watchTime({ now: () => new Date(0), monotonicMs: () => 0 });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2700);
  expect(watch.flags()).toMatchObject([{ code: "stood-still", severity: "error" }]);
});
