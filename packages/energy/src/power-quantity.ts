import { type IntegratedPower, MIN_COVERAGE } from "./integrated-power.ts";
import { checkQuantity, type Quantity, type QuantityIdentity, unavailable } from "./quantity.ts";

/**
 * The joules of an integration as a quantity: `integrated`, `partial` with gaps below the coverage, `unavailable` without
 * two readings, or when none lies inside the window and its edges are far.
 *
 * @param because what is known of why readings are missing; it follows the reason.
 */
export function powerQuantity(
  identity: QuantityIdentity,
  power: IntegratedPower | undefined,
  because?: string,
): Quantity {
  const explained = (words: string): string => (because === undefined ? words : `${words}: ${because}`);
  if (!power) return unavailable(identity, explained("fewer than two power readings at different times"));
  const isPartial = power.coverage < MIN_COVERAGE;
  if (power.samples < 1 && isPartial) return unavailable(identity, explained("no power reading inside the window"));
  const gap = `gaps of up to ${(power.longestGapMs / 1000).toFixed(1)} s between readings`;
  return checkQuantity({
    ...identity,
    value: power.energyJoules,
    unit: "J",
    quality: isPartial ? "partial" : "integrated",
    reason: isPartial ? explained(gap) : undefined,
    uncertainty: power.uncertainty,
    coverage: power.coverage,
  });
}
