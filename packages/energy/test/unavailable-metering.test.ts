import { expect, test } from "vitest";
import { unavailable } from "../src/quantity.ts";
import { unavailableMetering } from "../src/unavailable-metering.ts";

test("it has no readings, costs nothing and delivers its quantities", async () => {
  const quantity = unavailable({ name: "gpu", scope: "device", source: "test", method: "test" }, "no GPU");
  const metering = unavailableMetering([quantity]);
  for await (const reading of metering.readings) expect(reading).toBeUndefined();
  expect(metering.cpuSeconds()).toBe(0);
  expect(await metering.stop()).toEqual([quantity]);
});
