import type { Meter, Reading } from "@ea/energy";
import type { Clock } from "./clock.ts";
import { IDLE_SECONDS } from "./defaults.ts";
import { type IdleBand, idleBands } from "./idle-band.ts";
import { startMeters } from "./measure.ts";

/**
 * Watches the meters while nothing runs, for half a minute.
 *
 * @param directory existing directory for the meters' raw files.
 * @returns the idle bands; none where no meter tells power or temperature, or when it was interrupted.
 */
export async function measureIdle(
  meters: readonly Meter[],
  directory: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly IdleBand[]> {
  const readings: Reading[] = [];
  const measurement = await startMeters(meters, directory, (reading) => readings.push(reading));
  await clock.sleep(IDLE_SECONDS, signal);
  await measurement.stop();
  return signal.aborted ? [] : idleBands(readings);
}
