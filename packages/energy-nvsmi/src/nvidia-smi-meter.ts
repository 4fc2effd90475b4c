import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Meter,
  type Metering,
  type MeterStartOptions,
  type Quantity,
  readingQueue,
  stopOnce,
  unavailable,
  unavailableMetering,
} from "@ea/energy";
import { z } from "zod";
import { queryArguments } from "./columns.ts";
import { openGpuFiles } from "./gpu-files.ts";
import { gpuIdentity, type MeteredGpu } from "./gpu-quantities.ts";
import { gpuRecorder } from "./gpu-recorder.ts";
import { startNvidiaSmi } from "./gpu-sidecar.ts";
import { inspectGpus } from "./inspect-gpus.ts";
import { observeSensors } from "./observe-sensors.ts";
import { type PowerSensor, powerColumn } from "./power-sensor.ts";
import { type GpuCapability, probeGpus } from "./probe-gpus.ts";

/** The averaged power sensor still tells of the last second of work after the training has ended. */
const SETTLE_MS = 1500;
/** nvidia-smi gets this long to deliver its first row before the window begins without it. */
const FIRST_ROW_MS = 5000;
/** A pipe (64 KiB) holds the rows of 16 GPUs for twice as long and more. */
const READ_MS = 1000;
/** What does not change during a run. */
const CONSTANT_COLUMNS = new Set(["name", "driver_version", "mig.mode.current"]);

/** Options of `nvidiaSmiMeter`. */
export const NvidiaSmiOptions = z.strictObject({
  /** Milliseconds between two readings. */
  intervalMs: z.int().min(10).default(100),
  /** `CUDA_VISIBLE_DEVICES` of the training: which GPUs are its own, by index or UUID. */
  visibleDevices: z.string().optional(),
  /** `CUDA_DEVICE_ORDER` of the training: what its indices mean. */
  deviceOrder: z.string().optional(),
  /** Milliseconds for which the power is watched before the first measurement, to find out what the sensor tells; 0: not. */
  observeMs: z.int().min(0).default(1000),
});
/** Options of `nvidiaSmiMeter`. */
export type NvidiaSmiOptions = z.input<typeof NvidiaSmiOptions>;

/**
 * GPU joules per device, integrated from the power that one long-lived nvidia-smi reports. Writes `gpu_raw.csv`
 * (nvidia-smi's own), `gpu_power.csv`, `gpu_temperature.csv` and `gpu_utilization.csv` into the attempt's directory.
 */
export function nvidiaSmiMeter(options: NvidiaSmiOptions = {}): Meter {
  const { intervalMs, observeMs, ...selection } = NvidiaSmiOptions.parse(options);
  const probeOnce = once(() => probeGpus(selection));
  const describeOnce = once(async () => describeGpus(await probeOnce(), observeMs));
  return {
    name: "nvidia-smi",
    async probe() {
      const { status, reason, fix } = await probeOnce();
      return { name: "nvidia-smi", status, provides: status === "ready" ? ["gpu"] : [], reason, fix };
    },
    async inspect() {
      const found = await probeOnce();
      return found.status === "ready" ? inspectGpus(found) : [];
    },
    async start(start) {
      const { signal } = start;
      signal?.throwIfAborted();
      const { status, reason, columns, isPart } = await probeOnce();
      if (status !== "ready") return unavailableMetering([unavailable(gpuIdentity(), reason ?? "no GPU")]);
      const gpus = await describeOnce();
      const uuids = isPart ? gpus.map(({ uuid }) => uuid) : undefined;
      const changing = columns.filter((column) => !CONSTANT_COLUMNS.has(column));
      return stopOnce(await measure(gpus, queryArguments(changing, { uuids, intervalMs }), start), signal);
    },
  };
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

async function describeGpus(capability: GpuCapability, observeMs: number): Promise<readonly MeteredGpu[]> {
  const sensors = observeMs > 0 ? await observeSensors(capability, observeMs) : new Map<string, PowerSensor>();
  return capability.gpus.map((gpu): MeteredGpu => {
    const column = powerColumn([gpu]) ?? "power.draw";
    const sensor = sensors.get(gpu.uuid) ?? { column, kind: "unknown", updatePeriodMs: undefined };
    return { uuid: gpu.uuid, sensor, isMig: gpu.isMig === true };
  });
}

async function measure(
  gpus: readonly MeteredGpu[],
  query: readonly string[],
  { directory, signal }: MeterStartOptions,
): Promise<Metering> {
  const recorder = gpuRecorder(gpus);
  const readings = readingQueue();
  const files = openGpuFiles(directory);
  const waiting = new AbortController();
  const onLine = (line: string): void => {
    const timed = recorder.line(line, epochMs());
    if (!timed) return;
    files.add(timed);
    const { timeMs: timeEpochMs, powerWatts, sample } = timed;
    const { uuid, temperatureCelsius, utilizationPercent } = sample;
    readings.push({ timeEpochMs, name: "gpu", device: uuid, powerWatts, temperatureCelsius, utilizationPercent });
    if (!waiting.signal.aborted) waiting.abort(); // each call makes an exception
  };
  const sidecar = startNvidiaSmi(query, { onLine, rawFile: join(directory, "gpu_raw.csv") });
  const patience = signal ? AbortSignal.any([signal, waiting.signal]) : waiting.signal;
  await Promise.race([sidecar.ended, pause(FIRST_ROW_MS, patience)]);
  waiting.abort();
  sidecar.readEvery(READ_MS);
  recorder.begin(epochMs());

  const stop = async (): Promise<readonly Quantity[]> => {
    const endMs = epochMs();
    const settling = new AbortController();
    const early = await Promise.race([sidecar.ended, pause(SETTLE_MS, settling.signal)]);
    settling.abort();
    const failure = early ?? (await sidecar.stop());
    readings.close();
    await files.close();
    return recorder.finish(endMs, failure);
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
