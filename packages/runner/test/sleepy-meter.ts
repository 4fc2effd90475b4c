import { type Meter, readingQueue } from "@ea/energy";
import type { Clock } from "../src/clock.ts";
import { countingClock } from "./clocks.ts";
import { meter, packageJoules } from "./meters.ts";

/** A GPU's meter that gives one reading in each second of sleep, until it has no more watts to tell. */
export function sleepyMeter(watts: (second: number) => number | undefined) {
  const counting = countingClock();
  const stops: string[] = [];
  let queue = readingQueue();
  const gpuMeter: Meter = meter({
    start: ({ directory }) => {
      queue = readingQueue();
      return Promise.resolve({
        readings: queue,
        cpuSeconds: () => 0,
        stop: () => {
          stops.push(directory);
          queue.close();
          return Promise.resolve([packageJoules(1)]);
        },
      });
    },
  });
  let second = 0;
  const clock: Clock = {
    ...counting,
    sleep: async (seconds) => {
      for (let passed = 0; passed < seconds; passed += 1) {
        const powerWatts = watts(second);
        second += 1;
        const timeEpochMs = 4e12 + second * 1000; // after any start
        const reading = { timeEpochMs, name: "gpu", device: "GPU-1", powerWatts };
        if (powerWatts !== undefined)
          queue.push({ ...reading, temperatureCelsius: undefined, utilizationPercent: undefined });
      }
      await counting.sleep(seconds);
      await new Promise(setImmediate); // the readings are taken up
    },
  };
  return { meters: [gpuMeter], clock, stops, slept: counting.slept };
}
