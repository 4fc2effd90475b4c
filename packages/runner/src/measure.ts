import {
  type EnergyMetrics,
  energyMetrics,
  gpuTelemetry,
  type Meter,
  type Metering,
  type Quantity,
  type Reading,
  type TimeWindow,
} from "@ea/energy";

/** Meters at work around one training. */
export interface Measurement {
  /** Ends the measured window and the meters; rejects when one of them fails to end, after all others have. */
  readonly stop: () => Promise<Measured>;
}

/** What one meter found. */
export interface MeterResult {
  readonly name: string;
  readonly quantities: readonly Quantity[];
  /** From the moment that it had started to the moment that `stop` was called; milliseconds since 1970. */
  readonly window: TimeWindow;
  readonly windowSeconds: number;
}

/** What the meters found. */
export interface Measured {
  readonly quantities: readonly Quantity[];
  readonly metrics: EnergyMetrics;
  /** The same, meter by meter, in the order of their start. */
  readonly meters: readonly MeterResult[];
  /** CPU seconds that each meter has cost. */
  readonly meterCpuSeconds: Readonly<Record<string, number>>;
}

/**
 * Starts all meters, one after another; when one of them cannot start, those that did are stopped again.
 *
 * @param onReading told each reading inside the measured window.
 */
export async function startMeters(
  meters: readonly Meter[],
  directory: string,
  onReading?: (reading: Reading) => void,
): Promise<Measurement> {
  const started: { readonly name: string; readonly metering: Metering; readonly startMs: number }[] = [];
  try {
    for (const meter of meters) {
      const metering = await meter.start({ directory });
      started.push({ name: meter.name, metering, startMs: epochMs() });
    }
  } catch (error) {
    await Promise.allSettled(started.map(({ metering }) => metering.stop()));
    throw error;
  }
  const telemetry = gpuTelemetry();
  const allStartedMs = epochMs();
  let endMs = Number.POSITIVE_INFINITY;
  const collect = async (readings: AsyncIterable<Reading>): Promise<void> => {
    for await (const reading of readings) {
      if (reading.timeEpochMs < allStartedMs || reading.timeEpochMs > endMs) continue;
      telemetry.add(reading);
      onReading?.(reading);
    }
  };
  const collected = Promise.all(started.map(({ metering }) => collect(metering.readings)));
  // A failure is told by `stop`; unhandled until then it would end the whole process, and the training would go on
  collected.catch(() => undefined);
  return {
    async stop() {
      endMs = epochMs();
      const stopped = await Promise.allSettled(started.map(({ metering }) => metering.stop()));
      const results = started.map(({ name, startMs }, index): MeterResult => {
        const result = stopped[index];
        if (result?.status !== "fulfilled") throw result?.reason;
        return { name, quantities: result.value, window: { startMs, endMs }, windowSeconds: (endMs - startMs) / 1000 };
      });
      // Only now: the readings of a meter that failed to stop may never end
      await collected;
      const quantities = results.flatMap((result) => result.quantities);
      return {
        quantities,
        metrics: energyMetrics(quantities, telemetry.summary()),
        meters: results,
        meterCpuSeconds: Object.fromEntries(started.map(({ name, metering }) => [name, metering.cpuSeconds()])),
      };
    },
  };
}

/** Milliseconds since 1970 from a clock that does not step: the clock of the readings. */
function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
