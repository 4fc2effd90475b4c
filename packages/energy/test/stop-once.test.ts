import { expect, test } from "vitest";
import type { Metering } from "../src/meter.ts";
import { unavailable } from "../src/quantity.ts";
import { stopOnce } from "../src/stop-once.ts";
import { unavailableMetering } from "../src/unavailable-metering.ts";

const QUANTITY = unavailable({ name: "gpu", scope: "device", source: "test", method: "test" }, "no GPU");

function counted(): { metering: Metering; stops: () => number } {
  let stops = 0;
  const stop = (): ReturnType<Metering["stop"]> => {
    stops += 1;
    return Promise.resolve([QUANTITY]);
  };
  return { metering: { ...unavailableMetering([]), stop, cpuSeconds: () => 7 }, stops: () => stops };
}

test("stopping twice is one stop with one result", async () => {
  const { metering, stops } = counted();
  const once = stopOnce(metering);
  const [first, second] = await Promise.all([once.stop(), once.stop()]);
  expect(first).toEqual([QUANTITY]);
  expect(second).toBe(first);
  expect(stops()).toBe(1);
});

test("a signal stops it, and the stop afterwards has the result", async () => {
  const { metering, stops } = counted();
  const controller = new AbortController();
  const once = stopOnce(metering, controller.signal);
  expect(stops()).toBe(0);
  controller.abort();
  expect(stops()).toBe(1);
  expect(await once.stop()).toEqual([QUANTITY]);
  expect(stops()).toBe(1);
});

test("a signal that was aborted before stops it at once", () => {
  const { metering, stops } = counted();
  stopOnce(metering, AbortSignal.abort());
  expect(stops()).toBe(1);
});

test("after a stop the signal means nothing", async () => {
  const { metering, stops } = counted();
  const controller = new AbortController();
  await stopOnce(metering, controller.signal).stop();
  controller.abort();
  expect(stops()).toBe(1);
});

test("a stop that fails on abort is reported to whoever stops, and ends nothing else", async () => {
  const failing: Metering = { ...unavailableMetering([]), stop: () => Promise.reject(new Error("disk full")) };
  const controller = new AbortController();
  const once = stopOnce(failing, controller.signal);
  controller.abort();
  await new Promise(setImmediate);
  await expect(once.stop()).rejects.toThrow("disk full");
});

test("cost and readings are those of the metering", () => {
  const { metering } = counted();
  const once = stopOnce(metering);
  expect(once.cpuSeconds()).toBe(7);
  expect(once.readings).toBe(metering.readings);
});
