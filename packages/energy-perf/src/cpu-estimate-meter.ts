import { readFile } from "node:fs/promises";
import {
  checkQuantity,
  combineUncertainty,
  type Meter,
  type Metering,
  type Quantity,
  readingQueue,
  type SourceState,
  stopOnce,
  unavailable,
} from "@ea/energy";
import { COEFFICIENTS_SOURCE, type CpuCoefficients, coefficientsFor, parseCpuIdentity } from "./cpu-coefficients.ts";
import { type CpuTime, parseCpuTime } from "./cpu-time.ts";

const IDENTITY = { name: "cpu_estimate", scope: "host", source: "/proc/stat" } as const;

/** The energy that a host with these coefficients needs for so much time and so much work, in joules. */
export function estimateJoules(
  coefficients: CpuCoefficients,
  use: { readonly seconds: number; readonly busySeconds: number; readonly threads: number },
): number {
  const { idleWattsPerThread, busyWattsPerThread } = coefficients;
  return idleWattsPerThread * use.threads * use.seconds + (busyWattsPerThread - idleWattsPerThread) * use.busySeconds;
}

/**
 * A meter that estimates, clearly labelled as such: busy CPU seconds of the host times published watts per thread,
 * plus the idle share. It is no measurement and never enters the energy metrics.
 */
export function cpuEstimateMeter(): Meter {
  const probe = async (): Promise<SourceState> => {
    const isReady = (await readCpuTime()) !== undefined;
    return {
      name: "cpu-estimate",
      status: isReady ? "ready" : "absent",
      provides: isReady ? [IDENTITY.name] : [],
      reason: isReady ? undefined : "/proc/stat is not readable",
      fix: undefined,
    };
  };
  return {
    name: "cpu-estimate",
    probe,
    async start({ signal }) {
      signal?.throwIfAborted();
      return stopOnce(await startEstimate(), signal);
    },
  };
}

async function startEstimate(): Promise<Metering> {
  const cpuinfo = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  const coefficients = coefficientsFor(parseCpuIdentity(cpuinfo));
  const before = await readCpuTime();
  const startMs = performance.now();
  const readings = readingQueue();
  const stop = async (): Promise<readonly Quantity[]> => {
    const seconds = (performance.now() - startMs) / 1000;
    const after = await readCpuTime();
    readings.close();
    return [before && after ? estimate(coefficients, before, after, seconds) : notReadable()];
  };
  return { readings, stop, cpuSeconds: () => 0 };
}

function estimate(coefficients: CpuCoefficients, before: CpuTime, after: CpuTime, seconds: number): Quantity {
  const busySeconds = Math.max(0, after.busySeconds - before.busySeconds);
  const value = estimateJoules(coefficients, { seconds, busySeconds, threads: after.threads });
  const { family, idleWattsPerThread, busyWattsPerThread, relativeUncertainty } = coefficients;
  return checkQuantity({
    ...IDENTITY,
    method: `${busySeconds.toFixed(2)} busy CPU s and ${after.threads} threads × ${seconds.toFixed(2)} s, ${family}: ${idleWattsPerThread} W idle, ${busyWattsPerThread} W busy per thread`,
    value,
    unit: "J",
    quality: "estimated",
    reason: `a model, not a measurement; coefficients: ${COEFFICIENTS_SOURCE}`,
    // Half the expanded uncertainty, so that `combined` is the stated share of the value
    uncertainty: combineUncertainty({ sensor: (relativeUncertainty * value) / 2 }),
  });
}

function notReadable(): Quantity {
  return unavailable({ ...IDENTITY, method: "busy CPU seconds × watts per thread" }, "/proc/stat is not readable");
}

async function readCpuTime(): Promise<CpuTime | undefined> {
  const text = await readFile("/proc/stat", "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseCpuTime(text);
}
