import type { DeviceState, Meter } from "@ea/energy";
import { expect, test } from "vitest";
import type { SessionEvent } from "../src/events.ts";
import { inspectAll, passGate } from "../src/gate.ts";
import type { Settings } from "../src/settings.ts";
import { countingClock } from "./clocks.ts";
import { gpu, meter } from "./meters.ts";
import { temporaryDirectory } from "./temporary.ts";

/** A meter that sees the first state, then the second, and the last one for ever. */
function seeing(...states: readonly DeviceState[]): Meter {
  let looks = 0;
  return meter({
    inspect: () => {
      const state = states[Math.min(looks, states.length - 1)];
      looks += 1;
      return Promise.resolve(state ? [state] : []);
    },
  });
}

async function pass(meters: readonly Meter[], policy: Settings["gate"], signal = new AbortController().signal) {
  const clock = countingClock();
  const events: SessionEvent[] = [];
  const rowDirectory = await temporaryDirectory();
  const found = await passGate(meters, policy, { clock, signal, rowDirectory, onEvent: (event) => events.push(event) });
  // What this machine itself has to tell is no matter of these tests
  const flags = found.filter(({ code }) => code !== "busy-host" && code !== "disk-low");
  return { flags, slept: clock.slept.filter((seconds) => seconds > 1), events };
}

test("a free GPU, and meters without devices, let through at once", async () => {
  expect(await pass([seeing(gpu()), meter()], "wait")).toEqual({ flags: [], slept: [], events: [] });
});

test("wait: it looks every five seconds until the foreign process is gone, and tells it once", async () => {
  const { flags, slept, events } = await pass([seeing(gpu(7), gpu(7), gpu(7), gpu())], "wait");
  expect(flags).toEqual([]);
  expect(slept).toEqual([5, 5, 5]);
  expect(events).toEqual([
    {
      type: "warning",
      code: "foreign-process",
      message: "Waiting for a foreign GPU process to end: pid 7 (python) on GPU-1",
    },
    { type: "sleeping", seconds: 600, reason: "gate" },
  ]);
});

const contaminated = {
  code: "contaminated",
  severity: "error",
  message: "another process computed on the GPU when the run began: pid 7 (python) on GPU-1",
  evidence: { processes: [{ device: "GPU-1", pid: 7, name: "python", memoryMebibytes: 100 }] },
};

test("wait: after ten minutes the run goes on, flagged", async () => {
  const { flags, slept } = await pass([seeing(gpu(7))], "wait");
  expect(flags).toEqual([contaminated]);
  expect(slept.reduce((sum, seconds) => sum + seconds, 0)).toBe(600);
});

test("flag: the run goes on at once, flagged", async () => {
  expect(await pass([seeing(gpu(7))], "flag")).toEqual({ flags: [contaminated], slept: [], events: [] });
});

test("a GPU whose processes are not told of lets through, flagged as not known", async () => {
  const { flags, slept } = await pass([seeing({ ...gpu(), processes: undefined })], "wait");
  expect(flags).toMatchObject([{ code: "gate-blind", severity: "warning", evidence: { devices: ["GPU-1"] } }]);
  expect(slept).toEqual([]);
});

test("what else the devices tell is flagged, with and without a foreign process", async () => {
  const slowed = { throttleReasons: ["hw_slowdown"] };
  expect((await pass([seeing({ ...gpu(), ...slowed })], "refuse")).flags).toMatchObject([{ code: "throttled" }]);
  const { flags } = await pass([seeing({ ...gpu(7), ...slowed })], "flag");
  expect(flags).toMatchObject([contaminated, { code: "throttled" }]);
});

test("refuse: the session is not fit", async () => {
  await expect(pass([seeing(gpu(7, 8))], "refuse")).rejects.toMatchObject({
    code: "NOT_FIT",
    message: "A foreign process computes on the GPU: pid 7 (python) on GPU-1, pid 8 (python) on GPU-1",
  });
});

test("off: nobody looks", async () => {
  const blind = meter({ inspect: () => Promise.reject(new Error("looked")) });
  expect((await pass([blind], "off")).flags).toEqual([]);
});

test("an interrupted wait ends without a flag", async () => {
  expect(await pass([seeing(gpu(7))], "wait", AbortSignal.abort())).toEqual({ flags: [], slept: [], events: [] });
});

test("the devices of all meters are looked at", async () => {
  expect(await inspectAll([seeing(gpu()), meter(), seeing(gpu(7))])).toEqual([gpu(), gpu(7)]);
});
