import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Meter,
  type Metering,
  type MeterStartOptions,
  type PowerSample,
  type Quantity,
  readingQueue,
  stopOnce,
  unavailable,
  unavailableMetering,
} from "@ea/energy";
import { z } from "zod";
import { openGpuFiles } from "./gpu-files.ts";
import { gpuIdentity, gpuQuantity } from "./gpu-quantities.ts";
import { startNvidiaSmi } from "./gpu-sidecar.ts";
import { inspectGpus } from "./inspect-gpus.ts";
import { queryParser } from "./parse-query.ts";
import { type GpuCapability, probeGpus } from "./probe-gpus.ts";

/** The averaged power sensor still tells of the last second of work after the training has ended. */
const SETTLE_MS = 1500;
/** nvidia-smi gets this long to deliver its first row before the window begins without it. */
const FIRST_ROW_MS = 5000;

/** Options of `nvidiaSmiMeter`. */
export const NvidiaSmiOptions = z.strictObject({
  /** Milliseconds between two readings. */
  intervalMs: z.int().min(10).default(100),
  /** `CUDA_VISIBLE_DEVICES` of the training: which GPUs are its own. */
  visibleDevices: z.string().optional(),
});
/** Options of `nvidiaSmiMeter`. */
export type NvidiaSmiOptions = z.input<typeof NvidiaSmiOptions>;

type Resolved = z.output<typeof NvidiaSmiOptions>;

/**
 * GPU joules per device, integrated from the power that one long-lived nvidia-smi reports. Writes `gpu_raw.csv`
 * (nvidia-smi's own), `gpu_power.csv`, `gpu_temperature.csv` and `gpu_utilization.csv` into the attempt's directory.
 */
export function nvidiaSmiMeter(options: NvidiaSmiOptions = {}): Meter {
  const resolved = NvidiaSmiOptions.parse(options);
  let capability: Promise<GpuCapability> | undefined;
  const probeOnce = (): Promise<GpuCapability> => {
    capability ??= probeGpus(resolved.visibleDevices);
    return capability;
  };
  return {
    name: "nvidia-smi",
    async probe() {
      const { status, reason, fix } = await probeOnce();
      return { name: "nvidia-smi", status, provides: status === "ready" ? ["gpu"] : [], reason, fix };
    },
    async inspect() {
      const { status, columns } = await probeOnce();
      return status === "ready" ? inspectGpus(columns, resolved.visibleDevices) : [];
    },
    async start({ directory, signal }) {
      signal?.throwIfAborted();
      const found = await probeOnce();
      if (found.status !== "ready") {
        return unavailableMetering([unavailable(gpuIdentity(undefined), found.reason ?? "no GPU")]);
      }
      return stopOnce(await measure(found, resolved, { directory, signal }), signal);
    },
  };
}

async function measure(
  { columns, gpus }: GpuCapability,
  options: Resolved,
  { directory, signal }: MeterStartOptions,
): Promise<Metering> {
  const series = new Map<string, PowerSample[]>(gpus.map(({ uuid }) => [uuid, []]));
  const readings = readingQueue();
  const files = openGpuFiles(directory);
  const parser = queryParser();
  let offsetMs: number | undefined;
  let onFirstRow: (() => void) | undefined;
  const firstRow = new Promise<void>((resolve) => {
    onFirstRow = resolve;
  });
  const sidecar = startNvidiaSmi(columns, options.intervalMs, join(directory, "gpu_raw.csv"), (line) => {
    const sample = parser.line(line);
    const powers = sample && series.get(sample.uuid);
    if (!powers) return;
    // The first row is anchored to our clock when it arrives; the driver's stamps space the others
    offsetMs ??= epochMs() - sample.stampMs;
    const timeEpochMs = sample.stampMs + offsetMs;
    const { powerWatts, temperatureCelsius, utilizationPercent } = sample;
    if (powerWatts !== undefined) powers.push({ timeMs: timeEpochMs, powerWatts });
    files.add({ timeEpochMs, sample });
    readings.push({
      timeEpochMs,
      name: "gpu",
      device: sample.uuid,
      powerWatts,
      temperatureCelsius,
      utilizationPercent,
    });
    onFirstRow?.();
  });
  const waiting = new AbortController();
  const patience = signal ? AbortSignal.any([signal, waiting.signal]) : waiting.signal;
  await Promise.race([firstRow, sidecar.ended, pause(FIRST_ROW_MS, patience)]);
  waiting.abort();
  const startMs = epochMs();

  const stop = async (): Promise<readonly Quantity[]> => {
    const window = { startMs, endMs: epochMs() };
    const settling = new AbortController();
    const early = await Promise.race([sidecar.ended, pause(SETTLE_MS, settling.signal)]);
    settling.abort();
    const failure = early ?? (await sidecar.stop());
    readings.close();
    await files.close();
    return [...series].map(([uuid, powers]) => gpuQuantity(uuid, powers, window, failure));
  };
  return { readings, stop, cpuSeconds: () => sidecar.cpuSeconds() };
}

function pause(ms: number, signal: AbortSignal): Promise<undefined> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Milliseconds since 1970 from a clock that does not step. */
function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
