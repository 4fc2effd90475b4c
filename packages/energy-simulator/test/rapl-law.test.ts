import type { Quantity } from "@ea/energy";
import { parsePerf, parsePowercapLog } from "@ea/energy-perf";
import { expect, test } from "vitest";
import { type CounterText, counterReadings } from "../src/counter-readings.ts";
import { perfText } from "../src/perf-text.ts";
import { bandLimitedPower, type PowerCurve } from "../src/power-curve.ts";
import { seededRandom } from "../src/random.ts";

const TRACES = 250;
const SECONDS = 60;
const seeds = (name: string): readonly string[] => Array.from({ length: TRACES }, (_, index) => `${name} ${index}`);
const package0 = (seed: string): PowerCurve => bandLimitedPower({ seed, meanWatts: 80, swingWatts: 60 });

test("perf's intervals add up to the energy, to what two decimals can say, also when they are late", () => {
  for (const seed of seeds("perf")) {
    const power = package0(seed);
    const stalled = seededRandom(seed)() / 2;
    const { joules, elapsedSeconds } = parsePerf(
      perfText({ events: { "energy-pkg": power }, seconds: SECONDS, seed, stalled }),
    );
    expect(elapsedSeconds).toBeCloseTo(SECONDS, 6);
    const error = Math.abs((joules["energy-pkg"] ?? 0) - power.joules(0, SECONDS));
    expect(error / power.joules(0, SECONDS)).toBeLessThan(0.001);
  }
});

test("an interval that perf could not count leaves no sum, and the other event has its own", () => {
  const power = package0("not counted");
  const events = { "energy-pkg": power, "energy-ram": bandLimitedPower({ seed: 1, meanWatts: 10, swingWatts: 5 }) };
  const text = perfText({ events, seconds: SECONDS, seed: 3, notCounted: 0.02 });
  const { joules, reasons } = parsePerf(text);
  for (const [event, value] of Object.entries(joules)) {
    const isCounted = !text.split("\n").some((line) => line.includes("<not counted>") && line.includes(event));
    expect(value !== null).toBe(isCounted);
    expect(event in reasons).toBe(!isCounted);
  }
  expect(text).toContain("<not counted>");
});

/** 65 kJ, as early processors have: at 80 W it wraps every 13 minutes. */
const RANGE = 65_532_610_987;

function counted(options: Omit<CounterText, "rangeMicrojoules">): Quantity | undefined {
  const rows = [...counterReadings({ ...options, rangeMicrojoules: RANGE })].map(
    ({ timeSeconds, text = "" }) =>
      `${timeSeconds.toFixed(6)},intel-rapl:0,cpu_package,package-0,${text.trim()},${RANGE}\n`,
  );
  const header = "t_seconds,zone,domain,device,energy_uj,max_energy_range_uj\n";
  return parsePowercapLog(header + rows.join("")).quantities[0];
}
const uncertaintyOf = ({ uncertainty }: Quantity): number => {
  const { sampling = 0, quantisation = 0, edges = 0 } = uncertainty ?? {};
  return 2 * Math.hypot(sampling, quantisation, edges);
};

test("a powercap counter has its energy over wraps and failed reads", () => {
  let wraps = 0;
  for (const seed of seeds("powercap")) {
    const seconds = 1200; // it wraps at least once
    const power = package0(seed);
    const quantity = counted({ power, seconds, seed, failing: seededRandom(seed)() / 5 });
    const trueJoules = power.joules(0, seconds);
    wraps += Math.floor((trueJoules * 1e6) / RANGE);
    expect(quantity).toMatchObject({ quality: "measured", coverage: 1 });
    expect(Math.abs((quantity?.value ?? 0) - trueJoules)).toBeLessThanOrEqual(quantity ? uncertaintyOf(quantity) : 0);
    expect(Math.abs((quantity?.value ?? 0) / trueJoules - 1)).toBeLessThan(0.001);
  }
  expect(wraps).toBeGreaterThan(TRACES / 2);
});

test("one that was set back loses an interval, says so, and states how much that may be", () => {
  const outcomes = seeds("reset").map((seed) => {
    const power = package0(seed);
    const quantity = counted({ power, seconds: SECONDS, seed, resetSeconds: 5 + 50 * seededRandom(seed)() });
    const error = Math.abs((quantity?.value ?? 0) - power.joules(0, SECONDS));
    return { quality: quantity?.quality, isWithin: quantity !== undefined && error <= uncertaintyOf(quantity) };
  });
  // Set back just below the end of its range it looks like a wrap: rarely
  expect(outcomes.filter(({ quality }) => quality === "partial").length).toBeGreaterThanOrEqual(0.9 * TRACES);
  expect(outcomes.filter(({ isWithin }) => isWithin).length).toBeGreaterThanOrEqual(0.9 * TRACES);
});
