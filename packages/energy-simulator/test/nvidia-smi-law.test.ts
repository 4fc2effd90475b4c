import { describeSensor, type PowerSensor, parseQuery } from "@ea/energy-nvsmi";
import { describe, expect, test } from "vitest";
import { FAULT_KINDS, type Fault, type FaultKind } from "../src/faults.ts";
import { nvidiaSmiRows } from "../src/nvidia-smi-rows.ts";
import { bandLimitedPower, type PowerCurve, squareWavePower } from "../src/power-curve.ts";
import { seededRandom } from "../src/random.ts";
import { INSTANT, metered, methodUncertainty } from "./traces.ts";

const WINDOW = { fromSeconds: 1, toSeconds: 25 };
const SECONDS = 27; // sampling goes on after the end

interface Outcome {
  /** Error as a share of the true energy. */
  readonly relativeError: number;
  readonly isWithin: boolean;
}

function outcome(
  power: PowerCurve,
  seed: string,
  more: { readonly faults?: readonly Fault[]; readonly updateMs?: number; readonly averageMs?: number } = {},
  sensor: PowerSensor = INSTANT,
): Outcome {
  const { faults, updateMs, averageMs } = more;
  const text = { gpus: [{ uuid: "GPU-a", power, updateMs, averageMs }], seconds: SECONDS, seed, faults };
  const [quantity] = metered(text, WINDOW, sensor);
  if (!quantity || quantity.value === null) throw new Error(`no energy: ${quantity?.reason}`);
  const trueJoules = power.joules(WINDOW.fromSeconds, WINDOW.toSeconds);
  const error = Math.abs(quantity.value - trueJoules);
  return { relativeError: error / trueJoules, isWithin: error <= methodUncertainty(quantity) };
}

const outcomes = (count: number, name: string, of: (seed: string) => Outcome): readonly Outcome[] =>
  Array.from({ length: count }, (_, index) => of(`${name} ${index}`));
const shareWithin = (all: readonly Outcome[]): number => all.filter(({ isWithin }) => isWithin).length / all.length;
const worst = (all: readonly Outcome[]): number => Math.max(...all.map(({ relativeError }) => relativeError));

test("without faults every one of 1000 random traces is within 0.1 % and within its own uncertainty", () => {
  const all = outcomes(1000, "clean", (seed) => outcome(bandLimitedPower({ seed }), seed));
  expect(worst(all)).toBeLessThan(0.001);
  expect(shareWithin(all)).toBe(1);
});

function faultOf(kind: FaultKind, seed: string): Fault {
  const random = seededRandom(seed);
  const atSeconds = 3 + 18 * random();
  switch (kind) {
    case "stall":
      return { kind, atSeconds, seconds: 0.5 + 5 * random() };
    case "lost-rows":
    case "not-available":
      return { kind, share: 0.5 * random() };
    case "repeats":
      return { kind, share: random() };
    case "clock-step": // from some milliseconds to hours, in both directions
      return { kind, atSeconds, byMs: (random() < 0.5 ? 1 : -1) * 10 ** (1 + 6 * random()) };
    case "late":
      return { kind, byMs: 300 * random() };
    case "gpu-lost":
      return { kind, atSeconds };
  }
}

test.each(FAULT_KINDS)(
  "with the fault %s at least nine tenths of 250 traces are within their own uncertainty",
  (kind) => {
    const all = outcomes(250, kind, (seed) =>
      outcome(bandLimitedPower({ seed }), seed, { faults: [faultOf(kind, seed)] }),
    );
    expect(shareWithin(all)).toBeGreaterThanOrEqual(0.9);
  },
);

describe("a sensor that is late", () => {
  const average = { averageMs: 1000, updateMs: 100 };
  const averaged: PowerSensor = { column: "power.draw", kind: "average", updatePeriodMs: 100 };
  const held: PowerSensor = { column: "power.draw", kind: "instant", updatePeriodMs: 100 };

  test("a mean over a second is put where it belongs", () => {
    const all = outcomes(300, "averaged", (seed) => outcome(bandLimitedPower({ seed }), seed, average, averaged));
    expect(shareWithin(all)).toBeGreaterThanOrEqual(0.95);
    const naive = outcomes(300, "averaged", (seed) => outcome(bandLimitedPower({ seed }), seed, average));
    const median = (some: readonly Outcome[]): number =>
      some.map(({ relativeError }) => relativeError).sort((a, b) => a - b)[some.length / 2] ?? 0;
    expect(median(all)).toBeLessThan(median(naive) / 3);
  });

  test("a value that is held until the next update is put where it belongs", () => {
    const all = outcomes(300, "held", (seed) => outcome(bandLimitedPower({ seed }), seed, { updateMs: 100 }, held));
    expect(shareWithin(all)).toBeGreaterThanOrEqual(0.95);
  });

  test("a training that begins with a jump of power costs no more than is said", () => {
    const jump = squareWavePower({ lowWatts: 70, highWatts: 600, periodSeconds: 2000, highShare: 0.5 });
    const late: PowerCurve = {
      wattsAt: (seconds) => jump.wattsAt(seconds - WINDOW.fromSeconds),
      joules: (from, to) => jump.joules(from - WINDOW.fromSeconds, to - WINDOW.fromSeconds),
    };
    const all = outcomes(100, "jump", (seed) => outcome(late, seed, average, averaged));
    expect(shareWithin(all)).toBe(1);
    expect(worst(all)).toBeLessThan(0.01);
  });

  test("watching it finds out what it is", () => {
    const watch = (more: { readonly averageMs?: number }): PowerSensor | undefined => {
      const gpus = [{ uuid: "GPU-a", power: bandLimitedPower({ seed: "watched" }), updateMs: 100, ...more }];
      const rows = [...nvidiaSmiRows({ gpus, seconds: 3, intervalMs: 20, jitterMs: 2, seed: "watched" })];
      return describeSensor(parseQuery(rows.map(({ text }) => text).join("")).samples);
    };
    expect(watch({ averageMs: 1000 })).toMatchObject({ kind: "average" });
    expect(watch({})).toMatchObject({ kind: "instant" });
    for (const sensor of [watch({}), watch({ averageMs: 1000 })]) {
      expect(sensor?.updatePeriodMs).toBeGreaterThan(90);
      expect(sensor?.updatePeriodMs).toBeLessThan(110);
    }
  });
});

test("several GPUs have each their own energy", () => {
  const gpus = [100, 250, 400].map((meanWatts) => ({
    uuid: `GPU-${meanWatts}`,
    power: bandLimitedPower({ seed: meanWatts, meanWatts, swingWatts: 50 }),
  }));
  const quantities = metered({ gpus, seconds: SECONDS, seed: "several" }, WINDOW);
  for (const [index, { uuid, power }] of gpus.entries()) {
    expect(quantities[index]?.device).toBe(uuid);
    const ratio = (quantities[index]?.value ?? 0) / power.joules(WINDOW.fromSeconds, WINDOW.toSeconds);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.001);
  }
});

test("one sample a second, summed as if each stood for a second, is off by 3 to 60 %; over time stamps it is not", () => {
  const errors = [0.035, 0.3, 1, 1.5].map((delay) => {
    const power = bandLimitedPower({ seed: delay, cutoffHertz: 0.02 });
    const text = { gpus: [{ uuid: "GPU-a", power }], seconds: 602, intervalMs: 1000 * (1 + delay), seed: delay };
    const window = { fromSeconds: 0, toSeconds: 600 };
    const trueJoules = power.joules(window.fromSeconds, window.toSeconds);
    const rows = [...nvidiaSmiRows(text)].map(({ text: line }) => line).join("");
    const sum = parseQuery(rows).samples.reduce((total, { powerWatts = 0 }) => total + powerWatts, 0);
    const [quantity] = metered(text, window);
    return { summed: 1 - sum / trueJoules, integrated: Math.abs((quantity?.value ?? 0) / trueJoules - 1) };
  });
  for (const { integrated } of errors) expect(integrated).toBeLessThan(0.001);
  expect(errors.map(({ summed }) => Math.round(100 * summed))).toEqual([3, 23, 50, 60]);
});
