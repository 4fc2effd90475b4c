import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { SourceState } from "@ea/energy";
import { expect, test } from "vitest";
import type { SessionEvent } from "../src/events.ts";
import type { IdleBand } from "../src/idle-band.ts";
import { type RestContext, restAtIdle, restBetween } from "../src/rest.ts";
import { resolveSettings } from "../src/settings.ts";
import { meter } from "./meters.ts";
import { readJson } from "./projects.ts";
import { sleepyMeter } from "./sleepy-meter.ts";
import { temporaryDirectory } from "./temporary.ts";

const BAND: IdleBand = { name: "gpu", device: "GPU-1", value: "powerWatts", mean: 60, sd: 1, readings: 30, high: 62 };
const READY: SourceState = { name: "gpu", status: "ready", provides: ["gpu"], reason: undefined, fix: undefined };

/** Resting beside a GPU with this power in each second. */
async function context(watts: (second: number) => number | undefined, fields: Partial<RestContext> = {}) {
  const { meters, clock, slept } = sleepyMeter(watts);
  const events: SessionEvent[] = [];
  const resting: RestContext = {
    meters,
    sources: [READY],
    settings: resolveSettings({}),
    idleParent: await temporaryDirectory(),
    clock,
    onEvent: (event) => events.push(event),
    signal: new AbortController().signal,
    ...fields,
  };
  const sum = () => slept.reduce((total, seconds) => total + seconds, 0);
  return { resting, events, slept: sum };
}

const row = { experiment: 0 };

test("idle power is measured, told, and kept with the raw files", async () => {
  const { resting, events, slept } = await context((second) => 60 + 2 * (second % 2));
  const bands = await restAtIdle("before", resting);
  await restAtIdle("after", resting);
  expect(bands).toMatchObject([{ name: "gpu", mean: 61, readings: 30 }]);
  expect(slept()).toBe(60);
  expect(events[0]).toEqual({ type: "sleeping", seconds: 30, reason: "idle" });
  expect(readdirSync(resting.idleParent).sort()).toEqual(["idle_1", "idle_2"]);
  expect(await readJson(join(resting.idleParent, "idle_2/idle.json"))).toMatchObject({
    schema_version: 1,
    when: "after",
    seconds: 30,
    bands: [{ name: "gpu", device: "GPU-1", unit: "W", mean: 61, readings: 30 }],
  });
});

test.each([
  ["sleeps are switched off", { settings: resolveSettings({ sleep: false }) }],
  ["rest is by time", { settings: resolveSettings({ coolDown: "time" }) }],
  ["nothing but a model can be read", { sources: [{ ...READY, provides: ["cpu_estimate"] }] }],
])("nothing is measured where %s", async (_, fields) => {
  const { resting, events } = await context(() => 60, fields);
  expect(await restAtIdle("before", resting)).toEqual([]);
  expect(events).toEqual([]);
  expect(readdirSync(resting.idleParent)).toEqual([]);
});

test("a meter that cannot start leaves a warning, and the session goes on", async () => {
  const broken = meter({ start: () => Promise.reject(new Error("no space left")) });
  const { resting, events } = await context(() => 60, { meters: [broken] });
  expect(await restAtIdle("before", resting)).toEqual([]);
  expect(events.at(-1)).toEqual({
    type: "warning",
    code: "idle",
    message: "idle power was not measured: no space left",
  });
});

test("between rows it rests until idle, and no longer", async () => {
  const { resting, events, slept } = await context((second) => (second < 15 ? 300 : 60));
  expect(await restBetween(row, row, [BAND], resting)).toEqual([]);
  expect(slept()).toBe(21);
  expect(events).toEqual([{ type: "sleeping", seconds: 600, reason: "cool-down" }]);
});

test("a row that begins warm is flagged", async () => {
  const { resting } = await context(() => 70);
  expect(await restBetween(row, row, [BAND], resting)).toMatchObject([
    {
      code: "warm-start",
      severity: "warning",
      message: "not back at idle after 600 s when the run began: power of gpu GPU-1 above 62.0 W",
    },
  ]);
});

test("meters that have fallen silent leave the rest to the clock", async () => {
  const { resting, events, slept } = await context(() => undefined);
  expect(await restBetween(row, row, [BAND], resting)).toEqual([]);
  expect(slept()).toBe(60);
  expect(events.at(-1)).toEqual({ type: "sleeping", seconds: 50, reason: "run" });
});

test("without bands it is by the clock, longer between experiments", async () => {
  const { resting, slept } = await context(() => 60);
  expect(await restBetween(row, row, [], resting)).toEqual([]);
  expect(slept()).toBe(60);
  await restBetween(row, { experiment: 1 }, [], resting);
  expect(slept()).toBe(180);
});

test("before the first row there is nothing to rest from", async () => {
  const { resting, slept } = await context(() => 70);
  expect(await restBetween(undefined, row, [BAND], resting)).toEqual([]);
  expect(slept()).toBe(0);
});
