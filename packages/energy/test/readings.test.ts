import { expect, test } from "vitest";
import type { Reading } from "../src/meter.ts";
import { readingQueue } from "../src/readings.ts";

const reading = (timeEpochMs: number): Reading => ({
  timeEpochMs,
  name: "gpu",
  device: undefined,
  powerWatts: 1,
  temperatureCelsius: undefined,
  utilizationPercent: undefined,
});

async function times(readings: AsyncIterable<Reading>): Promise<number[]> {
  const found: number[] = [];
  for await (const { timeEpochMs } of readings) found.push(timeEpochMs);
  return found;
}

test("what was pushed before the close is read after it, in order", async () => {
  const queue = readingQueue();
  queue.push(reading(1));
  queue.push(reading(2));
  queue.close();
  expect(await times(queue)).toEqual([1, 2]);
});

test("a waiting reader gets what comes later, and the end", async () => {
  const queue = readingQueue();
  const read = times(queue);
  for (let time = 1; time <= 3; time += 1) {
    await new Promise(setImmediate);
    queue.push(reading(time));
  }
  await new Promise(setImmediate);
  queue.close();
  expect(await read).toEqual([1, 2, 3]);
});

test("readings after the close are ignored", async () => {
  const queue = readingQueue();
  queue.close();
  queue.push(reading(1));
  expect(await times(queue)).toEqual([]);
});

test("a reader may leave early and come back", async () => {
  const queue = readingQueue();
  queue.push(reading(1));
  for await (const { timeEpochMs } of queue) {
    expect(timeEpochMs).toBe(1);
    break;
  }
  queue.push(reading(2));
  queue.close();
  expect(await times(queue)).toEqual([2]);
});

test("readings that nobody reads do not fill the memory: the oldest go", async () => {
  const queue = readingQueue();
  for (let time = 0; time < 250_000; time += 1) queue.push(reading(time));
  queue.close();
  const found = await times(queue);
  expect(found.length).toBeLessThanOrEqual(100_000);
  expect(found.at(-1)).toBe(249_999);
});
