import { existsSync } from "node:fs";
import { join } from "node:path";
import { TraceCollector, type TraceFeatures } from "@ea/analysis";
import { readTable, type TableRow } from "@ea/metrics-parser";
import type { RecordJson } from "@ea/records";

/** Time stamps of whole seconds are early by up to one. */
const STAMP_MS = 1000;

/** The features of the GPU telemetry of a row's last attempt, one for each GPU; none where there are no files. */
export async function readTraces(
  row: string,
  record: RecordJson,
  edgeSeconds: number,
): Promise<readonly TraceFeatures[]> {
  const attempt = record.attempts.at(-1);
  if (!attempt) return [];
  const directory = join(row, `attempt_${attempt.attempt}`);
  const [startMs, endMs] = [Date.parse(attempt.started_at) - STAMP_MS, Date.parse(attempt.ended_at)];
  const collectors = new Map<string, TraceCollector>();
  const read = async (
    file: string,
    column: string,
    add: (collector: TraceCollector, timeMs: number, value: number) => void,
  ): Promise<void> => {
    const path = join(directory, file);
    if (!existsSync(path)) return;
    await readTable({ path }, column, ({ timeMs, device = "", value }: TableRow) => {
      if (value === undefined || timeMs < startMs || timeMs > endMs) return;
      const collector = collectors.get(device) ?? new TraceCollector(device, edgeSeconds);
      collectors.set(device, collector);
      add(collector, timeMs, value);
    });
  };
  await read("gpu_power.csv", "power_draw_w", (collector, timeMs, value) => collector.addPower(timeMs, value));
  await read("gpu_utilization.csv", "gpu_util_percent", (collector, timeMs, value) =>
    collector.addUtilization(timeMs, value),
  );
  await read("gpu_temperature.csv", "gpu_temp_c", (collector, _, value) => collector.addTemperature(value));
  return [...collectors.values()].flatMap((collector) => collector.features() ?? []);
}
