import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Meter, type Quantity, type SourceState, unavailable } from "@ea/energy";
import { startMeters } from "@ea/runner";

/** What one meter has read. */
export interface LiveReading {
  /** Name of the meter. */
  readonly source: string;
  readonly quantities: readonly Quantity[];
  readonly windowSeconds: number;
}

/** Lets one meter measure for so many seconds, or until the signal; a meter that breaks has a quantity that says so. */
export async function liveReading(meter: Meter, seconds: number, signal: AbortSignal): Promise<LiveReading> {
  const directory = await mkdtemp(join(tmpdir(), "ea-doctor-"));
  try {
    const measurement = await startMeters([meter], directory);
    await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
    const [result] = (await measurement.stop()).meters;
    return { source: meter.name, quantities: result?.quantities ?? [], windowSeconds: result?.windowSeconds ?? 0 };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const identity = { name: "energy", scope: "host", source: meter.name, method: "live reading" } as const;
    return { source: meter.name, quantities: [unavailable(identity, `the meter failed: ${words}`)], windowSeconds: 0 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A source that was ready and then read nothing is not ready: a dead counter looks alive until it is read. */
export function confirmed(source: SourceState, readings: readonly LiveReading[]): SourceState {
  const reading = readings.find((each) => each.source === source.name);
  if (source.status !== "ready" || !reading || reading.quantities.some(({ value }) => value !== null)) return source;
  const reason = reading.quantities[0]?.reason ?? "it delivered nothing";
  return { ...source, status: "unreadable", provides: [], reason: `ready, but without a value: ${reason}` };
}

/** Whether a reading is of the machine, and not only the estimate of a model. */
export function isRead({ value, quality }: Quantity): boolean {
  return value !== null && quality !== "estimated";
}
