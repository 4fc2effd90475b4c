import { type Meter, type Quantity, type SourceState, unavailable, unavailableMetering } from "@ea/energy";
import { expect, it } from "vitest";
import { confirmed, liveReading } from "../../src/doctor/live-reading.ts";
import { joules } from "../measure/runs.ts";

const { signal } = new AbortController();
const state: SourceState = {
  name: "made-up",
  status: "ready",
  provides: ["cpu_package"],
  reason: undefined,
  fix: undefined,
};
const meter = (quantities: readonly Quantity[], members: Partial<Meter> = {}): Meter => ({
  name: "made-up",
  probe: () => Promise.resolve(state),
  start: () => Promise.resolve(unavailableMetering(quantities)),
  ...members,
});
const identity = { name: "cpu_package", scope: "host", source: "test", method: "made up" } as const;

it("a meter reads for a while", async () => {
  const reading = await liveReading(meter([joules(5)]), 0.05, signal);
  expect(reading).toMatchObject({ source: "made-up", quantities: [{ value: 5 }] });
  expect(reading.windowSeconds).toBeGreaterThanOrEqual(0.049);
});

it("an interrupt ends it early", async () => {
  expect((await liveReading(meter([]), 1000, AbortSignal.abort())).windowSeconds).toBeLessThan(100);
});

it("a meter that breaks has a reason instead of a value", async () => {
  const broken = meter([], { start: () => Promise.reject(new Error("no sensor")) });
  expect((await liveReading(broken, 0, signal)).quantities).toMatchObject([
    { value: null, reason: "the meter failed: no sensor" },
  ]);
});

it("a source that was ready and reads nothing is not ready", () => {
  const dead = { source: "made-up", quantities: [unavailable(identity, "the counter did not move")], windowSeconds: 2 };
  expect(confirmed(state, [dead])).toMatchObject({
    status: "unreadable",
    reason: "ready, but without a value: the counter did not move",
  });
  expect(confirmed(state, [{ ...dead, quantities: [...dead.quantities, joules(5)] }])).toBe(state);
});
