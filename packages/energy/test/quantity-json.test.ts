import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Quantity } from "../src/quantity.ts";
import { QuantityJson, quantityFromJson, quantityToJson } from "../src/quantity-json.ts";
import { combineUncertainty } from "../src/uncertainty.ts";

const joules = fc.double({ min: 0, max: 1e12, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const known = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const quantities: fc.Arbitrary<Quantity> = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9_]*$/),
  scope: fc.constantFrom("host", "device", "process"),
  device: known(fc.string()),
  value: fc.option(joules),
  unit: fc.constant("J"),
  source: fc.string(),
  method: fc.string(),
  quality: fc.constantFrom("measured", "integrated", "estimated", "partial", "unavailable"),
  reason: known(fc.string()),
  uncertainty: known(
    fc
      .record({ sampling: known(joules), sensor: known(joules), quantisation: known(joules), edges: known(joules) })
      .map(combineUncertainty),
  ),
  coverage: known(fc.double({ min: 0, max: 1, noNaN: true }).map((value) => (value === 0 ? 0 : value))),
});

const full: Quantity = {
  name: "gpu",
  scope: "device",
  device: "GPU-1",
  value: 12.5,
  unit: "J",
  source: "nvidia-smi",
  method: "integrated",
  quality: "partial",
  reason: "gaps",
  uncertainty: combineUncertainty({ sensor: 1 }),
  coverage: 0.9,
};

test("a quantity comes back from its text as it was", () => {
  fc.assert(
    fc.property(quantities, (quantity) => {
      const read = QuantityJson.parse(JSON.parse(JSON.stringify(quantityToJson(quantity))));
      expect(quantityFromJson(read)).toEqual(quantity);
    }),
    { seed: 42 },
  );
});

test("on disk names are snake_case and what is absent is null", () => {
  expect(quantityToJson({ ...full, device: undefined, reason: undefined, coverage: undefined })).toEqual({
    name: "gpu",
    scope: "device",
    device: null,
    value: 12.5,
    unit: "J",
    source: "nvidia-smi",
    method: "integrated",
    quality: "partial",
    reason: null,
    uncertainty: { combined: 2, coverage_factor: 2, sampling: null, sensor: 1, quantisation: null, edges: null },
    coverage: null,
  });
  expect(quantityToJson({ ...full, uncertainty: undefined }).uncertainty).toBeNull();
});

test.each([
  ["name", "GPU power"],
  ["scope", "rack"],
  ["value", -1],
  ["value", undefined],
  ["unit", "kWh"],
  ["quality", "guessed"],
  ["coverage", 1.5],
  ["device", undefined],
])("%s of %s is refused", (field, value) => {
  expect(QuantityJson.safeParse({ ...quantityToJson(full), [field]: value }).success).toBe(false);
});
