import { type Quantity, unavailable } from "@ea/energy";
import { expect, test } from "vitest";
import { cpuEnergyCsv, cpuEnergyText } from "../src/cpu-files.ts";
import { parseIntervals } from "../src/parse-intervals.ts";

const IDENTITY = { scope: "host", source: "perf", method: "test" } as const;
const joules = (name: string, value: number): Quantity => ({
  ...IDENTITY,
  name,
  value,
  unit: "J",
  quality: "measured",
});

test("cpu_energy.csv has one row per event and interval; what was not counted is empty", () => {
  const { intervals } = parseIntervals(
    "1.001000000;19.63;Joules;power/energy-pkg/;1;100.00;;\n1.001000000;<not counted>;Joules;power/energy-ram/;0;100.00;;\n",
  );
  expect(cpuEnergyCsv(intervals)).toBe("t_seconds,domain,joules\n1.001,cpu_package,19.63\n1.001,dram,\n");
  expect(cpuEnergyCsv([])).toBe("t_seconds,domain,joules\n");
});

test("cpu_energy.txt is the original's summary", () => {
  expect(cpuEnergyText([joules("cpu_package", 100.126), joules("dram", 5)])).toBe(
    "CPU Energy Consumption Summary\n" +
      "==============================\n" +
      "Package Energy (Joules): 100.13\n" +
      "RAM Energy (Joules): 5.00\n" +
      "Total CPU Energy (Joules): 105.13\n",
  );
});

test("a sum that is not known is N/A, never 0", () => {
  const text = cpuEnergyText([joules("cpu_package", 100), unavailable({ ...IDENTITY, name: "dram" }, "no counter")]);
  expect(text).toContain("Package Energy (Joules): 100.00\nRAM Energy (Joules): N/A\nTotal CPU Energy (Joules): N/A\n");
});
