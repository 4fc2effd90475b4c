import { expect, test } from "vitest";
import { busyTicks, isBusy, loadOfOthers } from "../src/host-load.ts";
import { BUSY_PID, fakeProc } from "./fake-proc.ts";

const STAT =
  "cpu  100 10 50 1000 20 1 2 300 0 0\ncpu0 50 5 25 500 10 1 1 150 0 0\ncpu1 50 5 25 500 10 0 1 150 0 0\nintr 1\n";
const { signal } = new AbortController();

test("the ticks of all CPUs, without what other virtual machines took", () => {
  expect(busyTicks(STAT)).toEqual({ busy: 163, all: 1183, cores: 2 });
  expect(busyTicks("intr 1\n")).toBeUndefined();
});

test.each([
  [0.5, 2, false],
  [0.9, 2, true],
  [1, 4, true],
  [5, 64, false],
  [7, 64, true],
])("%s busy cores of %s: a load is %s", (busy, cores, isLoad) => {
  expect(isBusy(busy, cores)).toBe(isLoad);
});

test("a machine at rest is looked at for a fifth of a second", async () => {
  const { procRoot, clock } = await fakeProc(0.2);
  expect(await loadOfOthers({ clock, signal, tag: "mine", procRoot })).toBeUndefined();
  expect(clock.slept).toEqual([0.2]);
});

test("a load is confirmed over a second, and told with the process that makes it", async () => {
  const { procRoot, clock } = await fakeProc(2);
  expect(await loadOfOthers({ clock, signal, tag: "mine", procRoot })).toEqual({
    busyCores: expect.closeTo(2, 1),
    cores: 4,
    busiest: [{ pid: BUSY_PID, name: "burn (1)", cores: expect.closeTo(2, 1) }],
  });
  expect(clock.slept).toEqual([0.2, 1]);
});

test("a burst that is over within the second is none", async () => {
  const { procRoot, clock } = await fakeProc(4, 0.1);
  expect(await loadOfOthers({ clock, signal, tag: "mine", procRoot })).toBeUndefined();
});

test("nothing is told once it is interrupted", async () => {
  const { procRoot, clock } = await fakeProc(4);
  expect(await loadOfOthers({ clock, signal: AbortSignal.abort(), tag: "mine", procRoot })).toBeUndefined();
});
