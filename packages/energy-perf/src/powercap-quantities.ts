import {
  checkQuantity,
  combineUncertainty,
  MIN_COVERAGE,
  type Quantity,
  type QuantityIdentity,
  rectangular,
  unavailable,
} from "@ea/energy";
import type { CountedEnergy } from "./counter-energy.ts";
import type { PowercapZone } from "./powercap-zones.ts";
import { UPDATE_SECONDS } from "./rapl.ts";

/** The usual step of a RAPL counter, 2^-14 J, for one whose range is not known. */
const USUAL_STEP_MICROJOULES = 61;

/** Identity of the quantity that a zone becomes; `mirrors` are the zones that show the same counter. */
export function powercapIdentity(zone: PowercapZone, mirrors: readonly string[] = []): QuantityIdentity {
  const left = [
    ...(zone.alsoAt.length > 0 ? [`${zone.alsoAt.join(", ")}: the same zone again, left out`] : []),
    ...(mirrors.length > 0 ? [`${mirrors.join(", ")}: the same counter again, left out`] : []),
  ];
  return {
    name: zone.domain.quantity,
    scope: "host",
    device: zone.device,
    source: "powercap",
    method: [`RAPL counter energy_uj of ${zone.id}, differences summed`, ...left].join("; "),
  };
}

/** The joules of one zone over the window, or `null` with the reason. */
export function powercapQuantity(
  zone: PowercapZone,
  counted: CountedEnergy,
  run: { readonly windowSeconds: number; readonly mirrors?: readonly string[] | undefined },
): Quantity {
  const identity = powercapIdentity(zone, run.mirrors);
  const { energyJoules: value, countedSeconds, stretches, spanSeconds, lost, missed } = counted;
  const trouble = lost ?? missed;
  if (value === 0 || countedSeconds <= 0) {
    return unavailable(identity, trouble ?? `the counter did not move in ${spanSeconds.toFixed(2)} s`);
  }
  const coverage = run.windowSeconds > 0 ? Math.min(1, countedSeconds / run.windowSeconds) : 1;
  const isPartial = coverage < MIN_COVERAGE || lost !== undefined;
  const covered = `powercap covered ${countedSeconds.toFixed(1)} of ${run.windowSeconds.toFixed(1)} s`;
  const powerWatts = value / countedSeconds;
  const stepJoules =
    (zone.rangeMicrojoules === undefined ? USUAL_STEP_MICROJOULES : zone.rangeMicrojoules / 2 ** 32) / 1e6;
  const missedSeconds = Math.abs(run.windowSeconds - countedSeconds);
  return checkQuantity({
    ...identity,
    value,
    unit: "J",
    quality: isPartial ? "partial" : "measured",
    reason: isPartial ? [covered, ...(trouble === undefined ? [] : [trouble])].join(": ") : undefined,
    uncertainty: combineUncertainty({
      sensor: rectangular(zone.domain.accuracy * value),
      // Differences add up: of the readings in between nothing is left
      quantisation: rectangular(stepJoules / 2) * Math.sqrt(2 * stretches),
      edges: rectangular(powerWatts * (missedSeconds + 2 * UPDATE_SECONDS)),
    }),
    coverage,
  });
}
