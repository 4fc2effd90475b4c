import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { systemClock } from "../src/clock.ts";

test("a sleep ends early, without an error, when the signal is aborted, before or meanwhile", async () => {
  const stopping = new AbortController();
  const asleep = systemClock.sleep(3600, stopping.signal);
  stopping.abort();
  await expect(asleep).resolves.toBeUndefined();
  await expect(systemClock.sleep(3600, stopping.signal)).resolves.toBeUndefined();
});

test("a sleep that has ended leaves no listener", async () => {
  const { signal } = new AbortController();
  await systemClock.sleep(0.001, signal);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a sleep of a month does not end at once", async () => {
  const stopping = new AbortController();
  let hasEnded = false;
  const asleep = systemClock.sleep(30 * 86_400, stopping.signal).then(() => {
    hasEnded = true;
    return hasEnded;
  });
  await systemClock.sleep(0.05);
  expect(hasEnded).toBe(false);
  stopping.abort();
  await asleep;
});

test("the monotonic clock goes on", async () => {
  const before = systemClock.monotonicMs();
  await systemClock.sleep(0.002);
  expect(systemClock.monotonicMs()).toBeGreaterThan(before);
});
