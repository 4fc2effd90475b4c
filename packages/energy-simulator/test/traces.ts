import type { Quantity } from "@ea/energy";
import { gpuRecorder, type MeteredGpu } from "@ea/energy-nvsmi";
import type { NvidiaSmiText } from "../src/nvidia-smi-rows.ts";
import { nvidiaSmiRows } from "../src/nvidia-smi-rows.ts";

/** A sensor without delay. */
export const INSTANT: MeteredGpu["sensor"] = { column: "power.draw", kind: "instant", updatePeriodMs: undefined };

/** What the meter makes of simulated rows: the window lies between two times of the simulation. */
export function metered(
  text: NvidiaSmiText,
  window: { readonly fromSeconds: number; readonly toSeconds: number },
  sensor: MeteredGpu["sensor"] = INSTANT,
): readonly Quantity[] {
  const recorder = gpuRecorder(text.gpus.map(({ uuid }) => ({ uuid, sensor, isMig: false })));
  let hasBegun = false;
  for (const { arrivalMs, text: line } of nvidiaSmiRows(text)) {
    if (!hasBegun && arrivalMs >= window.fromSeconds * 1000) {
      recorder.begin(window.fromSeconds * 1000);
      hasBegun = true;
    }
    // fetched once a second from the beginning of the window on, as the meter does
    recorder.line(line.trimEnd(), hasBegun ? Math.ceil(arrivalMs / 1000) * 1000 : arrivalMs);
  }
  return recorder.finish(window.toSeconds * 1000);
}

/** The stated uncertainty without what the sensor itself may be wrong by: simulated sensors are right. */
export function methodUncertainty({ uncertainty }: Quantity): number {
  const { sampling = 0, quantisation = 0, edges = 0 } = uncertainty ?? {};
  return 2 * Math.hypot(sampling, quantisation, edges);
}
