import type { DeviceState, Meter } from "@ea/energy";
import { expect, test } from "vitest";
import type { SessionEvent } from "../src/events.ts";
import { inspectAll, passGate } from "../src/gate.ts";
import { type MachineMemory, machineMemory } from "../src/machine-memory.ts";
import type { Settings } from "../src/settings.ts";
import { BUSY_PID, fakeProc } from "./fake-proc.ts";
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

interface PassOptions {
  readonly signal?: AbortSignal;
  readonly memory?: MachineMemory;
  /** Cores that others keep busy during each sleep of the gate. */
  readonly loads?: readonly number[];
}

async function pass(meters: readonly Meter[], policy: Settings["gate"], options: PassOptions = {}) {
  const { signal = new AbortController().signal, memory = machineMemory(), loads = [0] } = options;
  const { clock, procRoot } = await fakeProc(...loads);
  const events: SessionEvent[] = [];
  const rowDirectory = await temporaryDirectory();
  const onEvent = (event: SessionEvent) => events.push(event);
  const found = await passGate(meters, policy, { clock, signal, rowDirectory, onEvent, memory, procRoot, tag: "mine" });
  // How full the disk of this machine is, is no matter of these tests
  const flags = found.filter(({ code }) => code !== "disk-low");
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
      code: "gate",
      message:
        "Waiting for the machine to be free: another process computed on the GPU when the run began: pid 7 (python) on GPU-1; " +
        "try: ps -o pid,user,etime,args -p 7, or another GPU by CUDA_VISIBLE_DEVICES",
    },
    { type: "sleeping", seconds: 600, reason: "gate" },
    {
      type: "warning",
      code: "gate",
      message: expect.stringMatching(/^The machine is free after \d+ s: the run goes on$/),
    },
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
  const seconds = slept.reduce((sum, each) => sum + each, 0);
  expect(seconds).toBeGreaterThan(550);
  expect(seconds).toBeLessThanOrEqual(600);
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
  const slowed = { throttleReasons: ["hw_power_brake_slowdown"] };
  expect((await pass([seeing({ ...gpu(), ...slowed })], "refuse")).flags).toMatchObject([{ code: "throttled" }]);
  const { flags } = await pass([seeing({ ...gpu(7), ...slowed })], "flag");
  expect(flags).toMatchObject([contaminated, { code: "throttled" }]);
});

test("refuse: the session is not fit", async () => {
  await expect(pass([seeing(gpu(7, 8))], "refuse")).rejects.toMatchObject({
    code: "NOT_FIT",
    message: [
      "The machine is not fit for a run:",
      "  another process computed on the GPU when the run began: pid 7 (python) on GPU-1, pid 8 (python) on GPU-1; " +
        "try: ps -o pid,user,etime,args -p 7,8, or another GPU by CUDA_VISIBLE_DEVICES",
    ].join("\n"),
  });
});

test("off: nobody looks", async () => {
  const blind = meter({ inspect: () => Promise.reject(new Error("looked")) });
  expect((await pass([blind], "off")).flags).toEqual([]);
});

test("an interrupted wait ends without a flag", async () => {
  expect(await pass([seeing(gpu(7))], "wait", { signal: AbortSignal.abort() })).toEqual({
    flags: [],
    slept: [],
    events: [],
  });
});

const used = { ...gpu(), utilizationPercent: 97, memoryUsedMebibytes: 30_000 };
const hot = { ...gpu(), throttleReasons: ["hw_thermal_slowdown"] };

test.each([
  ["a GPU that somebody uses whom the driver does not name", used],
  ["a GPU that heat holds back", hot],
])("wait: %s is waited for", async (_, state) => {
  const { flags, slept } = await pass([seeing(state, state, gpu())], "wait");
  expect({ flags, slept }).toEqual({ flags: [], slept: [5, 5] });
});

test("wait: so is a load of others on the CPUs", async () => {
  const { flags, slept, events } = await pass([], "wait", { loads: [2, 2, 2, 0] });
  expect({ flags, slept }).toEqual({ flags: [], slept: [5] });
  expect(events).toMatchObject([{ message: expect.stringContaining("2.0 of 4 CPU cores busy") }, {}, {}]);
});

test("what has not passed in time makes the run contaminated, with the evidence of each and its own flag", async () => {
  const { flags } = await pass([seeing({ ...used, throttleReasons: hot.throttleReasons })], "wait", { loads: [2] });
  expect(flags.map(({ code }) => code)).toEqual(["contaminated", "gpu-in-use", "throttled", "busy-host"]);
  expect(flags[0]).toMatchObject({
    severity: "error",
    evidence: {
      conditions: [
        { code: "gpu-in-use", utilizationPercent: 97 },
        { code: "throttled", reasons: ["hw_thermal_slowdown"] },
        { code: "busy-host", cores: 4, processes: [{ pid: BUSY_PID }] },
      ],
    },
  });
});

test("what was waited for in vain is not waited for again, until it has been away", async () => {
  const memory = machineMemory();
  expect((await pass([seeing(gpu(7))], "wait", { memory })).slept.length).toBeGreaterThan(100);
  const second = await pass([seeing(gpu(8))], "wait", { memory });
  expect(second).toMatchObject({ flags: [{ code: "contaminated" }], slept: [], events: [] });
  await pass([seeing(gpu())], "wait", { memory });
  expect((await pass([seeing(gpu(7), gpu())], "wait", { memory })).slept).toEqual([5]);
});

test("refuse: every condition is named, with what helps", async () => {
  await expect(pass([seeing(used)], "refuse", { loads: [2] })).rejects.toMatchObject({
    code: "NOT_FIT",
    message: expect.stringMatching(
      /GPU-1 was not free.*; try: sudo fuser .*\n.*CPU cores busy.*; try: ps -o .* -p \d+$/,
    ),
  });
});

test("a setting of the machine that has changed since the run before is a flag", async () => {
  const memory = machineMemory();
  await pass([seeing(gpu())], "flag", { memory });
  const { flags } = await pass([seeing({ ...gpu(), powerLimitWatts: 300 })], "wait", { memory });
  expect(flags).toMatchObject([{ code: "power-limit-changed" }]);
});

test("the devices of all meters are looked at", async () => {
  expect(await inspectAll([seeing(gpu()), meter(), seeing(gpu(7))])).toEqual([gpu(), gpu(7)]);
});
