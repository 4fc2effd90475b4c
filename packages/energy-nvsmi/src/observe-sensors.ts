import { setTimeout as sleep } from "node:timers/promises";
import { queryArguments } from "./columns.ts";
import { startNvidiaSmi } from "./gpu-sidecar.ts";
import { type IdentifiedSample, isIdentified } from "./identified-samples.ts";
import { describeSensor, type PowerSensor } from "./power-sensor.ts";
import type { GpuCapability } from "./probe-gpus.ts";
import { queryParser } from "./query-parser.ts";

/** Faster than any known sensor updates its value. */
const INTERVAL_MS = 20;
const FIRST_ROW_MS = 5000;

/** Watches the power of each GPU for a while and finds out what it is; a GPU that said nothing is left out. */
export async function observeSensors(
  { columns, gpus }: GpuCapability,
  milliseconds: number,
): Promise<ReadonlyMap<string, PowerSensor>> {
  const samples = new Map<string, IdentifiedSample[]>(gpus.map((gpu) => [gpu.uuid, [gpu]]));
  const wanted = columns.filter((column) => /^(?:timestamp|uuid|power\.draw.*)$/.test(column));
  const parser = queryParser();
  const waiting = new AbortController();
  const args = queryArguments(wanted, { uuids: [...samples.keys()], intervalMs: INTERVAL_MS });
  const sidecar = startNvidiaSmi(args, {
    onLine: (line) => {
      const sample = parser.line(line);
      if (sample && isIdentified(sample)) samples.get(sample.uuid)?.push(sample);
      if (sample) waiting.abort();
    },
  });
  const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
    sleep(ms, undefined, signal && { signal }).catch(() => undefined);
  await Promise.race([sidecar.ended, pause(FIRST_ROW_MS, waiting.signal)]);
  await Promise.race([sidecar.ended, pause(milliseconds)]);
  await sidecar.stop();
  const sensors = [...samples].flatMap(([uuid, rows]) => {
    const sensor = describeSensor(rows);
    return sensor ? [[uuid, sensor] as const] : [];
  });
  return new Map(sensors);
}
