import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { busyTicks, diskFlags, hostFlags, loadFlags, watchLoad } from "../src/host-flags.ts";
import { countingClock } from "./clocks.ts";
import { temporaryDirectory } from "./temporary.ts";

const STAT = "cpu  100 10 50 1000 20 1 2 300 0 0\ncpu0 50 5 25 500 10 1 1 150 0 0\nintr 1\n";

test("the ticks of all CPUs, without what other virtual machines took", () => {
  expect(busyTicks(STAT)).toEqual({ busy: 163, all: 1183 });
  expect(busyTicks("intr 1\n")).toBeUndefined();
});

test.each([
  [10, 100, 4, []],
  [26, 100, 4, [{ busyCores: 1.04, cores: 4 }]],
  [5, 100, 64, []],
  [11, 100, 64, [{ busyCores: 7.04, cores: 64 }]],
])("%s of %s ticks busy on %s cores", (busy, all, cores, evidence) => {
  const flags = loadFlags({ busy: 500, all: 1000 }, { busy: 500 + busy, all: 1000 + all }, cores);
  expect(flags.map((flag) => flag.evidence)).toEqual(evidence);
});

test("nothing is told of a load that could not be read", () => {
  expect(loadFlags(undefined, { busy: 1, all: 1 }, 4)).toEqual([]);
  expect(loadFlags({ busy: 1, all: 1 }, { busy: 1, all: 1 }, 4)).toEqual([]);
});

test("during a run, what the training itself has used is no load of others", async () => {
  const told = await watchLoad();
  const busy = Array.from({ length: 2 }, () => spawn(process.execPath, ["-e", "while (true);"]));
  try {
    await sleep(1500);
    expect(await told(0)).toMatchObject([{ code: "busy-host", severity: "warning" }]);
    expect(await told(1000)).toEqual([]);
    expect(await told(undefined)).toEqual([]);
  } finally {
    for (const child of busy) child.kill("SIGKILL");
  }
});

test("nothing is told of a run of less than a second", async () => {
  expect(await (await watchLoad())(0)).toEqual([]);
});

test("a disk with less than 2 GB is told", () => {
  expect(diskFlags(2e9)).toEqual([]);
  expect(diskFlags(1.5e8)).toMatchObject([
    { code: "disk-low", message: "only 150 MB were free for the results when the run began" },
  ]);
});

test("a look takes a fifth of a second", async () => {
  const clock = countingClock();
  await hostFlags(await temporaryDirectory(), { clock, signal: new AbortController().signal });
  expect(clock.slept).toEqual([0.2]);
});
