import { expect, test } from "vitest";
import { idleBaseline, netEnergy } from "../src/net-energy.ts";
import type { Quantity } from "../src/quantity.ts";
import { unavailable } from "../src/quantity.ts";
import { combineUncertainty } from "../src/uncertainty.ts";

const identity = { name: "gpu", scope: "device", device: "GPU-1", source: "nvidia-smi", method: "trapezoid" } as const;
const gross: Quantity = {
  ...identity,
  value: 1000,
  unit: "J",
  quality: "integrated",
  uncertainty: combineUncertainty({ sampling: 3, sensor: 4 }),
  coverage: 0.99,
};
const powers = (...watts: number[]): { timeMs: number; powerWatts: number }[] =>
  watts.map((powerWatts, index) => ({ timeMs: index, powerWatts }));

test("the idle baseline is the mean and the spread of the samples", () => {
  expect(idleBaseline(powers(2, 4, 4, 4, 5, 5, 7, 9))).toEqual({
    meanWatts: 5,
    sdWatts: Math.sqrt(32 / 7),
    samples: 8,
  });
});

test("samples that are not finite are none; one sample has no spread", () => {
  expect(idleBaseline(powers(5, Number.NaN, 5))).toEqual({ meanWatts: 5, sdWatts: 0, samples: 2 });
  expect(idleBaseline(powers(5, Number.NaN))).toBeUndefined();
  expect(idleBaseline([])).toBeUndefined();
});

test("net energy is a quantity of its own: gross less idling for as long", () => {
  const net = netEnergy(gross, { meanWatts: 20, sdWatts: 0.3, samples: 30 }, 10);
  expect(net).toMatchObject({ name: "gpu_net", device: "GPU-1", value: 800, quality: "integrated", coverage: 0.99 });
  expect(net.method).toBe("trapezoid; less 20.00 ± 0.60 W of idling over 10.00 s");
  expect(gross.value).toBe(1000);
});

test("it is less sure than both: idle power may be off all the time", () => {
  const net = netEnergy(gross, { meanWatts: 20, sdWatts: 0.3, samples: 30 }, 10);
  expect(net.uncertainty?.sampling).toBe(3);
  expect(net.uncertainty?.sensor).toBeCloseTo(5, 9);
  expect(net.uncertainty?.combined).toBeCloseTo(2 * Math.hypot(3, 5), 9);
});

test("a run that used less than idling has no net energy, and not a negative or zero one", () => {
  expect(netEnergy(gross, { meanWatts: 101, sdWatts: 1, samples: 30 }, 10)).toMatchObject({
    value: null,
    quality: "unavailable",
    reason: "less than idling: 1000.00 J against 1010.00 J",
  });
});

test("without gross energy there is no net energy, for the same reason", () => {
  const net = netEnergy(unavailable(identity, "no driver"), { meanWatts: 1, sdWatts: 1, samples: 2 }, 10);
  expect(net).toMatchObject({ name: "gpu_net", value: null, reason: "no driver" });
});
