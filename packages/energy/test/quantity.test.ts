import * as fc from "fast-check";
import { expect, test } from "vitest";
import { EnergyError } from "../src/errors.ts";
import { checkQuantity, type Quantity, type QuantityQuality, totalJoules, unavailable } from "../src/quantity.ts";

const IDENTITY = { name: "dram", scope: "host", source: "perf", method: "counter" } as const;
const measured = (value: number | null, rest: Partial<Quantity> = {}): Quantity => ({
  ...IDENTITY,
  value,
  unit: "J",
  quality: "measured",
  ...rest,
});

/** How a quantity is refused; `undefined` when it is returned as it is. */
function codeOf(quantity: Quantity): string | undefined {
  try {
    return checkQuantity(quantity) === quantity ? undefined : "CHANGED";
  } catch (error) {
    return error instanceof EnergyError ? error.code : "OTHER";
  }
}

test("an unavailable quantity is null and has its reason", () => {
  expect(unavailable(IDENTITY, "no counter")).toEqual({
    ...IDENTITY,
    value: null,
    unit: "J",
    quality: "unavailable",
    reason: "no counter",
  });
});

test("a reason cannot be empty", () => {
  expect(() => unavailable(IDENTITY, "")).toThrow(
    "Quantity dram: expected a reason beside quality unavailable, found none",
  );
});

test("null goes with unavailable and with a reason, always together", () => {
  const qualities: QuantityQuality[] = ["measured", "integrated", "estimated", "partial", "unavailable"];
  fc.assert(
    fc.property(
      fc.constantFrom(...qualities),
      fc.constantFrom(null, 0, 12.5),
      fc.constantFrom(undefined, "", "because"),
      (quality, value, reason) => {
        const isConsistent = (value === null) === (quality === "unavailable");
        const isExplained = Boolean(reason) || (value !== null && quality !== "partial");
        expect(codeOf(measured(value, { quality, reason }))).toBe(
          isConsistent && isExplained ? undefined : "BAD_QUANTITY",
        );
      },
    ),
    { seed: 42 },
  );
});

test.each([-0.01, Number.NaN, Number.POSITIVE_INFINITY])("%d J is refused", (value) => {
  expect(() => checkQuantity(measured(value))).toThrow(`expected a finite value of at least 0 J, found ${value}`);
});

test("a total sums sockets of the same name and nothing else", () => {
  const sockets = [measured(10, { device: "0" }), measured(2.5, { device: "1" }), measured(99, { name: "cpu_psys" })];
  expect(totalJoules(sockets, "dram")).toBe(12.5);
});

test("a total with a missing part is not known", () => {
  expect(totalJoules([measured(10), unavailable({ ...IDENTITY, device: "1" }, "lost")], "dram")).toBeNull();
});

test("a total of nothing is not known, and not 0", () => {
  expect(totalJoules([], "dram")).toBeNull();
});
