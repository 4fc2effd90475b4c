import { QuantityJson, quantityToJson, rectangular } from "@ea/energy";
import { expect, test } from "vitest";
import type { CountedEnergy } from "../src/counter-energy.ts";
import { powercapIdentity, powercapQuantity } from "../src/powercap-quantities.ts";
import { type PowercapZone, powercapDomain } from "../src/powercap-zones.ts";

function zoneOf(quantity: string): PowercapZone {
  const domain = powercapDomain(quantity);
  if (!domain) throw new RangeError(quantity);
  return { id: "intel-rapl:0", domain, device: "package-0", rangeMicrojoules: 262_143_328_850, alsoAt: [] };
}

const ZONE = zoneOf("cpu_package");
const COUNTED: CountedEnergy = {
  energyJoules: 200,
  countedSeconds: 10,
  stretches: 1,
  spanSeconds: 10,
  lost: undefined,
  missed: undefined,
};

test("what was counted is measured: the whole host's, of one socket, with its zone", () => {
  const quantity = powercapQuantity(ZONE, COUNTED, { windowSeconds: 10 });
  expect(quantity).toMatchObject({
    name: "cpu_package",
    scope: "host",
    device: "package-0",
    value: 200,
    unit: "J",
    source: "powercap",
    method: "RAPL counter energy_uj of intel-rapl:0, differences summed",
    quality: "measured",
    reason: undefined,
    coverage: 1,
  });
  expect(QuantityJson.safeParse(quantityToJson(quantity)).success).toBe(true);
});

test("what was left out is told", () => {
  const zone = { ...ZONE, alsoAt: ["intel-rapl-mmio:0"] };
  expect(powercapIdentity(zone, ["intel-rapl:1", "intel-rapl:2"]).method).toBe(
    "RAPL counter energy_uj of intel-rapl:0, differences summed; intel-rapl-mmio:0: the same zone again, left out; " +
      "intel-rapl:1, intel-rapl:2: the same counter again, left out",
  );
});

test("uncertainty: accuracy of RAPL, the step of the counter at both ends, an update at both edges", () => {
  const { uncertainty } = powercapQuantity(ZONE, COUNTED, { windowSeconds: 10 });
  expect(uncertainty?.sensor).toBeCloseTo(rectangular(10), 9);
  expect(uncertainty?.quantisation).toBeCloseTo(rectangular(0.000_061_035 / 2) * Math.sqrt(2), 9);
  expect(uncertainty?.edges).toBeCloseTo(rectangular(20 * 0.002), 9);
  expect(uncertainty?.sampling).toBeUndefined();
});

test("DRAM is less sure than the package", () => {
  const dram = powercapQuantity(zoneOf("dram"), COUNTED, { windowSeconds: 10 });
  expect(dram.uncertainty?.sensor).toBeCloseTo(rectangular(40), 9);
});

test("a part that was not counted enters the edges, and below 95 % makes the value partial", () => {
  const trouble = { ...COUNTED, missed: "intel-rapl:0 could not be read (EIO)" };
  const nearly = powercapQuantity(ZONE, trouble, { windowSeconds: 10.5 });
  expect(nearly).toMatchObject({ quality: "measured", reason: undefined });
  expect(nearly.uncertainty?.edges).toBeCloseTo(rectangular(20 * 0.502), 9);
  expect(powercapQuantity(ZONE, trouble, { windowSeconds: 20 })).toMatchObject({
    value: 200,
    quality: "partial",
    coverage: 0.5,
    reason: "powercap covered 10.0 of 20.0 s: intel-rapl:0 could not be read (EIO)",
  });
});

test("a counter that was reset makes the value partial, however short the part that was lost", () => {
  const counted = { ...COUNTED, lost: "the counter was reset" };
  expect(powercapQuantity(ZONE, counted, { windowSeconds: 10.01 })).toMatchObject({
    quality: "partial",
    reason: "powercap covered 10.0 of 10.0 s: the counter was reset",
  });
});

test("nothing counted is no value, with its reason, and never 0", () => {
  const nothing = { ...COUNTED, energyJoules: 0, countedSeconds: 0, spanSeconds: 0.05 };
  const valueOf = (counted: CountedEnergy): unknown => powercapQuantity(ZONE, counted, { windowSeconds: 10 });
  expect(valueOf(nothing)).toMatchObject({ value: null, reason: "the counter did not move in 0.05 s" });
  expect(valueOf({ ...nothing, missed: "the counter stood still" })).toMatchObject({
    quality: "unavailable",
    reason: "the counter stood still",
  });
  expect(valueOf({ ...nothing, lost: "the counter was reset" })).toMatchObject({ reason: "the counter was reset" });
});
