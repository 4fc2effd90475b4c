import type { IntegratedPower, IntegrationOptions } from "./integrated-power.ts";
import { powerIntegrator } from "./power-integrator.ts";
import type { PowerSeries, TimeWindow } from "./power-series.ts";

/**
 * Integrates a power series over a window, as `powerIntegrator` does sample by sample.
 *
 * @returns `undefined` when fewer than two usable samples exist or the window is empty: no energy can be told.
 * @throws {EnergyError} `BAD_WINDOW` when the window ends before it starts.
 */
export function integratePower(
  series: PowerSeries,
  window: TimeWindow,
  options: IntegrationOptions = {},
): IntegratedPower | undefined {
  const integrator = powerIntegrator(window, options);
  for (const sample of series) integrator.add(sample);
  return integrator.finish(window.endMs);
}
