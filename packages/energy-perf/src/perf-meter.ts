import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Meter,
  type Metering,
  type Quantity,
  type ReadingQueue,
  readingQueue,
  stopOnce,
  unavailable,
  unavailableMetering,
} from "@ea/energy";
import { cpuEnergyCsv, cpuEnergyText } from "./cpu-files.ts";
import { followLines } from "./follow.ts";
import { parseIntervals } from "./parse-intervals.ts";
import { PERF_EVENTS, type PerfEvent } from "./perf-events.ts";
import { perfIdentity, perfQuantity } from "./perf-quantities.ts";
import { startPerf } from "./perf-sidecar.ts";
import { type PerfCapability, probePerf } from "./probe-perf.ts";

const INTERVAL_MS = 1000;
const RAW_FILE = "cpu_energy_raw.txt";

/**
 * CPU package and DRAM joules of the whole host from RAPL, by a `perf stat` sidecar. Writes `cpu_energy_raw.txt`
 * (perf's own), `cpu_energy.csv` and `cpu_energy.txt` into the attempt's directory.
 */
export function perfMeter(): Meter {
  let capability: Promise<PerfCapability> | undefined;
  const probeOnce = (): Promise<PerfCapability> => {
    capability ??= probePerf();
    return capability;
  };
  return {
    name: "perf",
    async probe() {
      const { events, status, reason, fix } = await probeOnce();
      return { name: "perf", status, provides: events.map(({ quantity }) => quantity), reason, fix };
    },
    async start({ directory, signal }) {
      signal?.throwIfAborted();
      const { events, status, reason } = await probeOnce();
      const absent = withoutValue(events, reason ?? "the CPU does not offer this domain");
      if (status !== "ready") return unavailableMetering(absent);
      return stopOnce(measure(events, absent, directory), signal);
    },
  };
}

/** Package and DRAM belong into every record: with a reason where the machine has no counter for them. */
function withoutValue(events: readonly PerfEvent[], reason: string): readonly Quantity[] {
  return PERF_EVENTS.filter((event) => event.event !== "energy-psys" && !events.includes(event)).map((event) =>
    unavailable(perfIdentity(event), reason),
  );
}

function measure(events: readonly PerfEvent[], absent: readonly Quantity[], directory: string): Metering {
  const rawFile = join(directory, RAW_FILE);
  const perf = startPerf(events, INTERVAL_MS, rawFile);
  const startMs = performance.now();
  const readings = readingQueue();
  const following = new AbortController();
  const startEpochMs = performance.timeOrigin + startMs;
  const followed = pushReadings(rawFile, { readings, startEpochMs, signal: following.signal });

  const stop = async (): Promise<readonly Quantity[]> => {
    const windowSeconds = (performance.now() - startMs) / 1000;
    const { failure } = await perf.stop();
    following.abort();
    await followed;
    readings.close();
    const { intervals } = parseIntervals(await readFile(rawFile, "utf8").catch(() => ""));
    const measured = events.map((event) => perfQuantity(event, intervals, { windowSeconds, failure }));
    const quantities = [...measured, ...absent];
    await writeFile(join(directory, "cpu_energy.csv"), cpuEnergyCsv(intervals));
    await writeFile(join(directory, "cpu_energy.txt"), cpuEnergyText(quantities));
    return quantities;
  };
  return { readings, stop, cpuSeconds: () => perf.cpuSeconds() };
}

async function pushReadings(
  rawFile: string,
  { readings, startEpochMs, signal }: { readings: ReadingQueue; startEpochMs: number; signal: AbortSignal },
): Promise<void> {
  const lastSeconds = new Map<string, number>();
  for await (const line of followLines(rawFile, { intervalMs: INTERVAL_MS / 2, signal })) {
    const [interval] = parseIntervals(`${line}\n`).intervals;
    if (!interval) continue;
    const { event, timeSeconds, energyJoules } = interval;
    const seconds = timeSeconds - (lastSeconds.get(event.quantity) ?? 0);
    lastSeconds.set(event.quantity, timeSeconds);
    if (energyJoules === undefined || seconds <= 0) continue;
    readings.push({
      timeEpochMs: startEpochMs + timeSeconds * 1000,
      name: event.quantity,
      device: undefined,
      powerWatts: energyJoules / seconds,
      temperatureCelsius: undefined,
      utilizationPercent: undefined,
    });
  }
}
