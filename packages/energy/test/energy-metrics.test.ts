import * as fc from "fast-check";
import { expect, test } from "vitest";
import { energyMetrics } from "../src/energy-metrics.ts";
import { type Quantity, unavailable } from "../src/quantity.ts";

const quantity = (name: string, value: number, rest: Partial<Quantity> = {}): Quantity => ({
  name,
  scope: "host",
  value,
  unit: "J",
  source: "test",
  method: "test",
  quality: "measured",
  ...rest,
});
const missing = (name: string): Quantity =>
  unavailable({ name, scope: "host", source: "test", method: "test" }, "no counter");

test("without anything all 11 metrics are null, and none is 0", () => {
  const metrics = Object.values(energyMetrics([]));
  expect(metrics).toHaveLength(11);
  expect(new Set(metrics)).toEqual(new Set([null]));
});

test("sockets and GPUs are summed", () => {
  const quantities = [
    quantity("cpu_package", 10, { device: "0" }),
    quantity("cpu_package", 20, { device: "1" }),
    quantity("dram", 5),
    quantity("gpu", 100, { device: "GPU-a" }),
    quantity("gpu", 50, { device: "GPU-b" }),
  ];
  expect(energyMetrics(quantities)).toMatchObject({
    cpuEnergyPkgJoules: 30,
    cpuEnergyRamJoules: 5,
    cpuEnergyTotalJoules: 35,
    gpuEnergyTotalJoules: 150,
  });
});

test("the CPU total is null unless package and DRAM are both known", () => {
  const total = (...quantities: readonly Quantity[]): number | null => energyMetrics(quantities).cpuEnergyTotalJoules;
  expect(total(quantity("cpu_package", 10), quantity("dram", 0))).toBe(10);
  expect(total(quantity("cpu_package", 10))).toBeNull();
  expect(total(quantity("cpu_package", 10), missing("dram"))).toBeNull();
  expect(total(missing("cpu_package"), quantity("dram", 5))).toBeNull();
});

test("psys enters nothing", () => {
  expect(energyMetrics([quantity("cpu_psys", 99)])).toEqual(energyMetrics([]));
});

test("estimates enter nothing, under whatever name", () => {
  const names = fc.constantFrom("cpu_package", "dram", "gpu", "cpu_psys", "cpu_estimate");
  const estimates = fc.array(fc.tuple(names, fc.double({ min: 0, max: 1e9, noNaN: true })));
  const measured = [quantity("cpu_package", 10), quantity("dram", 5), quantity("gpu", 100)];
  fc.assert(
    fc.property(estimates, (pairs) => {
      const estimated = pairs.map(([name, value]) =>
        quantity(name, value, { quality: "estimated", reason: "a model" }),
      );
      expect(energyMetrics([...measured, ...estimated])).toEqual(energyMetrics(measured));
      expect(energyMetrics(estimated)).toEqual(energyMetrics([]));
    }),
    { seed: 42 },
  );
});

test("GPU telemetry is taken as it is, absent as null", () => {
  const telemetry = {
    powerAvgWatts: 100,
    powerMaxWatts: 150,
    powerMinWatts: 50,
    temperatureAvgCelsius: 40,
    temperatureMaxCelsius: 45,
    utilizationAvgPercent: 0,
    utilizationMaxPercent: undefined,
  };
  expect(energyMetrics([], telemetry)).toMatchObject({
    gpuPowerAvgWatts: 100,
    gpuPowerMaxWatts: 150,
    gpuPowerMinWatts: 50,
    gpuEnergyTotalJoules: null,
    gpuTempAvgCelsius: 40,
    gpuTempMaxCelsius: 45,
    gpuUtilAvgPercent: 0,
    gpuUtilMaxPercent: null,
  });
});
