import { EnergyError } from "./errors.ts";
import { checkQuantity, type Quantity, type QuantityIdentity, unavailable } from "./quantity.ts";
import { combineUncertainty } from "./uncertainty.ts";

/** From the most to the least trusted. */
const QUALITIES = ["measured", "integrated", "partial"] as const;

/**
 * The sum of quantities that have no joule in common: packages, DRAM and GPUs. `null` when a part has no value. It is
 * as good as its worst part; what is wrong with a sensor is taken to be wrong with all of them in one direction, so
 * sensor items add up, while the others combine in quadrature (GUM 5.2.2, 5.1.2). Coverage is that of the worst part.
 * @throws {EnergyError} `BAD_SUM` for no parts, the same quantity twice, estimates, and `cpu_psys` or a net energy,
 * which contain others or lack a part of themselves.
 */
export function addQuantities(identity: QuantityIdentity, parts: readonly Quantity[]): Quantity {
  checkParts(identity, parts);
  const missing = parts.filter(({ value }) => value === null);
  if (missing.length > 0) {
    const reasons = missing.map((part) => `${label(part)}: ${part.reason ?? "no value"}`);
    return unavailable(identity, reasons.join("; "));
  }
  const worst = Math.max(...parts.map(({ quality }) => QUALITIES.findIndex((known) => known === quality)));
  const reasons = parts.filter(({ reason }) => reason !== undefined).map((part) => `${label(part)}: ${part.reason}`);
  const items = (name: "sampling" | "sensor" | "quantisation" | "edges"): number[] =>
    parts.flatMap(({ uncertainty }) => uncertainty?.[name] ?? []);
  const quadrature = (values: readonly number[]): number | undefined =>
    values.length > 0 ? Math.hypot(...values) : undefined;
  const sensor = items("sensor");
  const coverages = parts.flatMap(({ coverage }) => coverage ?? []);
  return checkQuantity({
    ...identity,
    value: sum(parts.map(({ value }) => value ?? 0)),
    unit: "J",
    quality: QUALITIES[worst] ?? "partial",
    reason: reasons.length > 0 ? reasons.join("; ") : undefined,
    uncertainty: combineUncertainty({
      sampling: quadrature(items("sampling")),
      sensor: sensor.length > 0 ? sum(sensor) : undefined,
      quantisation: quadrature(items("quantisation")),
      edges: quadrature(items("edges")),
    }),
    coverage: coverages.length > 0 ? Math.min(...coverages) : undefined,
  });
}

function checkParts({ name }: QuantityIdentity, parts: readonly Quantity[]): void {
  const seen = new Set<string>();
  const refuse = (expected: string, found: string): never => {
    throw new EnergyError("BAD_SUM", `Sum ${name}: expected ${expected}, found ${found}`);
  };
  if (parts.length === 0) refuse("at least one part", "none");
  for (const part of parts) {
    const which = label(part);
    if (part.quality === "estimated") refuse("no estimate", which);
    if (part.name === "cpu_psys") refuse("no psys, which contains packages and DRAM", which);
    if (part.name.endsWith("_net")) refuse("gross energies", which);
    if (seen.has(which)) refuse("each part once", `${which} twice`);
    seen.add(which);
  }
}

function label({ name, device }: Quantity): string {
  return device === undefined ? name : `${name} of ${device}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
