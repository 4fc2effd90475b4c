import { expect, test } from "vitest";
import { addQuantities } from "../src/add-quantities.ts";
import type { Quantity } from "../src/quantity.ts";
import { combineUncertainty } from "../src/uncertainty.ts";

const total = { name: "cpu_total", scope: "host", source: "perf", method: "sum" } as const;
const part = (name: string, value: number | null, more: Partial<Quantity> = {}): Quantity => ({
  name,
  scope: "host",
  value,
  unit: "J",
  source: "perf",
  method: "RAPL",
  quality: value === null ? "unavailable" : "measured",
  ...(value === null && { reason: "no counter" }),
  ...more,
});

test("parts add up over domains, sockets and devices", () => {
  const parts = [part("cpu_package", 10, { device: "0" }), part("cpu_package", 20, { device: "1" }), part("dram", 3)];
  expect(addQuantities(total, parts)).toMatchObject({ name: "cpu_total", value: 33, quality: "measured" });
});

test("sensors err together, everything else by itself", () => {
  const uncertainty = combineUncertainty({ sampling: 3, sensor: 1, edges: 4 });
  const sum = addQuantities(total, [
    part("cpu_package", 10, { uncertainty }),
    part("dram", 3, { uncertainty: combineUncertainty({ sampling: 4, sensor: 2 }) }),
  ]);
  expect(sum.uncertainty).toMatchObject({ sampling: 5, sensor: 3, edges: 4, quantisation: undefined });
});

test("a part without value leaves no sum, and says which", () => {
  expect(addQuantities(total, [part("cpu_package", 10), part("dram", null)])).toMatchObject({
    value: null,
    quality: "unavailable",
    reason: "dram: no counter",
  });
});

test("the sum is as good as its worst part, with its reason and its coverage", () => {
  const parts = [
    part("cpu_package", 10, { coverage: 1 }),
    part("dram", 3, { quality: "partial", reason: "perf died", coverage: 0.5, device: "0" }),
  ];
  expect(addQuantities(total, parts)).toMatchObject({
    value: 13,
    quality: "partial",
    reason: "dram of 0: perf died",
    coverage: 0.5,
  });
});

test.each([
  ["an estimate", [part("cpu_estimate", 1, { quality: "estimated" })], "no estimate, found cpu_estimate"],
  ["psys", [part("cpu_package", 1), part("cpu_psys", 2)], "which contains packages and DRAM, found cpu_psys"],
  ["a net energy", [part("gpu_net", 1)], "gross energies, found gpu_net"],
  ["the same part twice", [part("dram", 1), part("dram", 1)], "each part once, found dram twice"],
  ["nothing", [], "at least one part, found none"],
])("%s is refused", (_, parts, words) => {
  expect(() => addQuantities(total, parts)).toThrow(words);
});
