import { setTimeout as sleep } from "node:timers/promises";
import { QuantityJson, quantityToJson } from "@ea/energy";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { coefficientsFor } from "../src/cpu-coefficients.ts";
import { cpuEstimateMeter, estimateJoules } from "../src/cpu-estimate-meter.ts";

const ICE_LAKE = coefficientsFor({ vendor: "GenuineIntel", family: 6, model: 106, stepping: 6 });

test("an idle host needs its idle watts per thread", () => {
  expect(estimateJoules(ICE_LAKE, { seconds: 10, busySeconds: 0, threads: 4 })).toBeCloseTo(0.767 * 4 * 10, 9);
});

test("a host that is busy on all threads needs its busy watts per thread", () => {
  expect(estimateJoules(ICE_LAKE, { seconds: 10, busySeconds: 40, threads: 4 })).toBeCloseTo(3.758 * 4 * 10, 9);
});

test("the estimate is additive over time and grows with the work", () => {
  const seconds = fc.double({ min: 0, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(seconds, seconds, fc.integer({ min: 1, max: 256 }), (a, b, threads) => {
      const one = estimateJoules(ICE_LAKE, { seconds: a, busySeconds: a / 2, threads });
      const two = estimateJoules(ICE_LAKE, { seconds: b, busySeconds: b / 2, threads });
      const both = estimateJoules(ICE_LAKE, { seconds: a + b, busySeconds: (a + b) / 2, threads });
      expect(one + two).toBeCloseTo(both, 4);
      expect(estimateJoules(ICE_LAKE, { seconds: a, busySeconds: a, threads })).toBeGreaterThanOrEqual(one);
    }),
    { seed: 42 },
  );
});

test("on Linux it is ready and provides nothing but an estimate", async () => {
  expect(await cpuEstimateMeter().probe()).toEqual({
    name: "cpu-estimate",
    status: "ready",
    provides: ["cpu_estimate"],
    reason: undefined,
    fix: undefined,
  });
});

test("the estimate says that it is one, with at least 50 % uncertainty", async () => {
  const metering = await cpuEstimateMeter().start({ directory: "/nowhere" });
  await sleep(300);
  const [quantity, ...others] = await metering.stop();
  expect(others).toEqual([]);
  expect(quantity).toMatchObject({ name: "cpu_estimate", scope: "host", source: "/proc/stat", quality: "estimated" });
  expect(quantity?.reason).toContain("a model, not a measurement");
  expect(quantity?.value).toBeGreaterThan(0);
  expect(quantity?.uncertainty?.combined).toBeGreaterThanOrEqual(0.5 * (quantity?.value ?? 0) * 0.999);
  expect(quantity && QuantityJson.safeParse(quantityToJson(quantity)).success).toBe(true);
});

test("stopping twice is one stop; there are no readings and no cost", async () => {
  const metering = await cpuEstimateMeter().start({ directory: "/nowhere" });
  const first = await metering.stop();
  expect(await metering.stop()).toBe(first);
  for await (const reading of metering.readings) expect(reading).toBeUndefined();
  expect(metering.cpuSeconds()).toBe(0);
});

test("an abort ends the window", async () => {
  const controller = new AbortController();
  const metering = await cpuEstimateMeter().start({ directory: "/nowhere", signal: controller.signal });
  controller.abort();
  await sleep(500);
  const [quantity] = await metering.stop();
  expect(quantity?.method).toMatch(/× 0\.[01]\d s/);
});

test("a signal that was aborted before starts nothing", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(cpuEstimateMeter().start({ directory: "/nowhere", signal })).rejects.toThrow("enough");
});
