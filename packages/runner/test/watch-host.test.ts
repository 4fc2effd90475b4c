import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type HostWatch, watchHost } from "../src/watch-host.ts";
import { fakeProc } from "./fake-proc.ts";
import { temporaryDirectory } from "./temporary.ts";

/** Watches a fake machine for a good second, on which others do so much meanwhile. */
async function watched(cores: readonly number[], fields: Partial<HostWatch> = {}) {
  const { procRoot, clock } = await fakeProc(...cores);
  const directory = await temporaryDirectory();
  const watching = watchHost({ directory, tag: "mine", procRoot, ...fields });
  onTestFinished(watching.stop);
  for (const _ of cores) {
    await sleep(1100 / cores.length);
    await clock.sleep(10);
  }
  return watching;
}

test("what the training itself has used is no load of others", async () => {
  expect(await (await watched([1])).flags(0)).toMatchObject([
    {
      code: "busy-host",
      severity: "warning",
      evidence: { busyCores: expect.closeTo(1, 1), cores: 4, fractionOfTime: 1 },
    },
  ]);
  expect(await (await watched([1])).flags(10)).toEqual([]);
  expect(await (await watched([1])).flags(undefined)).toEqual([]);
});

test("a load for a good part of the run is told with that part", async () => {
  const flags = await (await watched([0, 3, 3, 0, 0, 0, 0, 0], { firstLookMs: 1, lookMs: 200 })).flags(0);
  expect(flags).toMatchObject([{ code: "busy-host" }]);
  const { fractionOfTime, busyCores } = flags[0]?.evidence ?? {};
  expect(busyCores).toBeLessThan(0.8);
  expect(fractionOfTime).toBeGreaterThan(0);
  expect(fractionOfTime).toBeLessThan(1);
});

test("nothing is told of a run of less than a second", async () => {
  const { procRoot, clock } = await fakeProc(4);
  const watching = watchHost({ directory: await temporaryDirectory(), tag: "mine", procRoot });
  await clock.sleep(10);
  expect(await watching.flags(0)).toEqual([]);
});

test("a directory that is gone is no matter of the watch", async () => {
  const watching = await watched([0], { directory: "/nowhere", firstLookMs: 1 });
  expect(await watching.flags(0)).toEqual([]);
});
