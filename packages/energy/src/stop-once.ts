import type { Metering } from "./meter.ts";
import type { Quantity } from "./quantity.ts";

/** The same metering, whose `stop` runs once, however often it is called, and also when `signal` aborts. */
export function stopOnce(metering: Metering, signal?: AbortSignal): Metering {
  let stopped: Promise<readonly Quantity[]> | undefined;
  const stop = (): Promise<readonly Quantity[]> => {
    signal?.removeEventListener("abort", onAbort);
    stopped ??= metering.stop();
    return stopped;
  };
  // A failure reaches whoever calls `stop`; unhandled here it would end the whole process
  const onAbort = (): void => void stop().catch(() => undefined);
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort, { once: true });
  return { readings: metering.readings, stop, cpuSeconds: () => metering.cpuSeconds() };
}
