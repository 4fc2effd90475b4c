import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { coolDown } from "../src/cool-down.ts";
import type { IdleBand } from "../src/idle-band.ts";
import { measureIdle } from "../src/measure-idle.ts";
import { sleepyMeter } from "./sleepy-meter.ts";
import { temporaryDirectory } from "./temporary.ts";

const BAND: IdleBand = { name: "gpu", device: "GPU-1", value: "powerWatts", mean: 60, sd: 1, readings: 30, high: 62 };
const NEVER = new AbortController().signal;

test("it lasts until the mean of the last five seconds is in the band", async () => {
  const { meters, clock, stops } = sleepyMeter((second) => (second < 20 ? 300 : 60));
  expect(await coolDown(meters, [BAND], { clock, signal: NEVER })).toEqual({ seconds: 26, above: [], isBlind: false });
  expect(stops).toHaveLength(1);
  expect(existsSync(stops[0] ?? "")).toBe(false);
});

test("it lasts ten seconds at least, and ten minutes at most", async () => {
  const cold = sleepyMeter(() => 60);
  expect(await coolDown(cold.meters, [BAND], { clock: cold.clock, signal: NEVER })).toMatchObject({ seconds: 10 });
  const hot = sleepyMeter(() => 70);
  expect(await coolDown(hot.meters, [BAND], { clock: hot.clock, signal: NEVER })).toEqual({
    seconds: 600,
    above: [BAND],
    isBlind: false,
  });
});

test("a meter that says nothing leaves it blind", async () => {
  const { meters, clock } = sleepyMeter(() => undefined);
  expect(await coolDown(meters, [BAND], { clock, signal: NEVER })).toEqual({ seconds: 10, above: [], isBlind: true });
});

test("an interrupt ends it, and the meters", async () => {
  const { meters, clock, stops } = sleepyMeter(() => 300);
  expect(await coolDown(meters, [BAND], { clock, signal: AbortSignal.abort() })).toMatchObject({ seconds: 0 });
  expect(stops).toHaveLength(1);
});

test("idle power is watched for half a minute, and the meters write into the given directory", async () => {
  const directory = await temporaryDirectory();
  const { meters, clock, stops } = sleepyMeter((second) => 60 + (second % 2));
  const [band, ...others] = await measureIdle(meters, directory, { clock, signal: NEVER });
  expect(band).toMatchObject({ name: "gpu", device: "GPU-1", mean: 60.5, readings: 30 });
  expect(others).toEqual([]);
  expect(stops).toEqual([directory]);
  expect(readdirSync(directory)).toEqual([]);
});

test("an interrupted watch tells nothing", async () => {
  const { meters, clock } = sleepyMeter(() => 60);
  const signal = AbortSignal.abort();
  expect(await measureIdle(meters, await temporaryDirectory(), { clock, signal })).toEqual([]);
});
