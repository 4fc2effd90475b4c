import { createReadStream } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Meter,
  type Metering,
  type Quantity,
  readingQueue,
  stopOnce,
  unavailable,
  unavailableMetering,
} from "@ea/energy";
import { z } from "zod";
import { completeLines } from "./complete-lines.ts";
import { cpuEnergyText } from "./cpu-files.ts";
import { powercapCounting } from "./powercap-counting.ts";
import { powercapIntervals } from "./powercap-intervals.ts";
import { POWERCAP_LOG_HEADER, powercapLogRows } from "./powercap-log.ts";
import type { PowercapZone } from "./powercap-zones.ts";
import { findPowercap, probePowercap } from "./probe-powercap.ts";
import { POWERCAP_ROOT, readSweep } from "./read-powercap.ts";

const LOG_FILE = "cpu_energy_powercap.csv";
/** Of the time in which the fastest counter could run through its range once. */
const SAFE_SHARE = 0.1;
const MIN_INTERVAL_MS = 10;

/** Options of `powercapMeter`. */
export const PowercapOptions = z.strictObject({
  /** Directory that lists the zones. */
  root: z.string().min(1).default(POWERCAP_ROOT),
  /** Time between two readings, in milliseconds; shorter where a counter could wrap too early. */
  intervalMs: z.int().min(MIN_INTERVAL_MS).max(60_000).default(1000),
});
/** Options of `powercapMeter`. */
export type PowercapOptions = z.input<typeof PowercapOptions>;

/**
 * CPU package and DRAM joules of the whole host, one quantity per socket, from the RAPL counters that Linux shows below
 * `/sys/class/powercap`, read by this process. Writes `cpu_energy_powercap.csv` (every reading, as it comes),
 * `cpu_energy.csv` and `cpu_energy.txt` into the attempt's directory.
 *
 * @throws {z.ZodError} when an option is not what it should be.
 */
export function powercapMeter(options: PowercapOptions = {}): Meter {
  const { root, intervalMs } = PowercapOptions.parse(options);
  return {
    name: "powercap",
    async probe() {
      const { provides, status, reason, fix } = await probePowercap(root);
      return { name: "powercap", status, provides, reason, fix };
    },
    async start({ directory, signal }) {
      signal?.throwIfAborted();
      const { zones, status, reason } = findPowercap(root);
      if (status !== "ready") return unavailableMetering(withoutValue([], reason ?? status));
      const absent = withoutValue(zones, `no zone in ${root} counts it`);
      return stopOnce(await measure(zones, absent, { root, intervalMs, directory }), signal);
    },
  };
}

/** Package and DRAM belong into every record: with a reason where the machine has no counter for them. */
function withoutValue(zones: readonly PowercapZone[], reason: string): readonly Quantity[] {
  return ["cpu_package", "dram"]
    .filter((name) => !zones.some(({ domain }) => domain.quantity === name))
    .map((name) => unavailable({ name, scope: "host", source: "powercap", method: "RAPL counter energy_uj" }, reason));
}

async function measure(
  zones: readonly PowercapZone[],
  absent: readonly Quantity[],
  options: { readonly root: string; readonly intervalMs: number; readonly directory: string },
): Promise<Metering> {
  const { root, directory } = options;
  const logFile = join(directory, LOG_FILE);
  const log = await open(logFile, "w");
  const readings = readingQueue();
  const counting = powercapCounting(zones);
  let cpuMicroseconds = 0;
  let writing = log.appendFile(POWERCAP_LOG_HEADER);
  const startMs = performance.now();

  const poll = (): void => {
    const before = process.cpuUsage();
    const sweep = readSweep(root, zones, startMs);
    const steps = counting.add(sweep);
    const leftOut = counting.leftOut();
    for (const { id, domain, device } of zones) {
      const step = steps.get(id);
      const timeSeconds = sweep.get(id)?.timeSeconds ?? 0;
      if (step?.kind !== "counted" || step.seconds <= 0 || leftOut.has(id)) continue;
      readings.push({
        timeEpochMs: performance.timeOrigin + startMs + timeSeconds * 1000,
        name: domain.quantity,
        device,
        powerWatts: step.energyJoules / step.seconds,
        temperatureCelsius: undefined,
        utilizationPercent: undefined,
      });
    }
    const rows = powercapLogRows(zones, sweep);
    writing = writing.then(() => log.appendFile(rows));
    // A full disk is told by `stop`; unhandled until then it would end the whole process
    writing.catch(() => undefined);
    const { user, system } = process.cpuUsage(before);
    cpuMicroseconds += user + system;
  };

  const stop = async (): Promise<readonly Quantity[]> => {
    const windowSeconds = (performance.now() - startMs) / 1000;
    poll();
    clearInterval(timer);
    readings.close();
    try {
      await writing;
    } finally {
      await log.close();
    }
    const leftOut = counting.leftOut();
    const lines = completeLines(createReadStream(logFile, "latin1"));
    const counted = zones.filter(({ id }) => !leftOut.has(id));
    await writeFile(join(directory, "cpu_energy.csv"), powercapIntervals(lines, counted));
    const quantities = [...counting.quantities(windowSeconds), ...absent];
    await writeFile(join(directory, "cpu_energy.txt"), cpuEnergyText(quantities));
    return quantities;
  };

  poll();
  const timer = setInterval(poll, safeIntervalMs(zones, options.intervalMs));
  // A metering that was forgotten must not keep its process alive
  timer.unref();
  return { readings, stop, cpuSeconds: () => cpuMicroseconds / 1e6 };
}

function safeIntervalMs(zones: readonly PowercapZone[], intervalMs: number): number {
  const wrapMs = zones.map(({ rangeMicrojoules = Number.POSITIVE_INFINITY, domain }) => {
    return rangeMicrojoules / 1000 / domain.maxWatts;
  });
  return Math.max(MIN_INTERVAL_MS, Math.min(intervalMs, SAFE_SHARE * Math.min(...wrapMs)));
}
