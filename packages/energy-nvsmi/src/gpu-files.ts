import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { TimedSample } from "./gpu-recorder.ts";

/** The three telemetry files of an attempt. They grow with the samples: a day of 8 GPUs would not fit into a string. */
export interface GpuFiles {
  add(sample: TimedSample): void;
  /** Rejects when something could not be written. */
  close(): Promise<void>;
}

interface Table {
  readonly file: string;
  readonly columns: string;
  readonly values: (timed: TimedSample) => readonly (number | undefined)[];
}

/** The original's columns; GPU and milliseconds follow them in every file. */
const TABLES: readonly Table[] = [
  { file: "gpu_power.csv", columns: "power_draw_w", values: ({ powerWatts }) => [powerWatts] },
  {
    file: "gpu_temperature.csv",
    columns: "gpu_temp_c,memory_temp_c",
    values: ({ sample }) => [sample.temperatureCelsius, sample.memoryTemperatureCelsius],
  },
  {
    file: "gpu_utilization.csv",
    columns: "gpu_util_percent,memory_util_percent",
    values: ({ sample }) => [sample.utilizationPercent, sample.memoryUtilizationPercent],
  },
];

/** Rows are written together this often, for each write has its price; the raw file has all of them at once. */
const FLUSH_MS = 5000;

/** Opens the telemetry files in a directory; times are milliseconds since 1970, an absent value is `N/A`. */
export function openGpuFiles(directory: string): GpuFiles {
  const open = TABLES.map(({ file, columns, values }) => {
    const stream = createWriteStream(join(directory, file));
    stream.on("error", () => undefined); // `close` reports it
    return { stream, values, rows: `timestamp,${columns},gpu_uuid,timestamp_ms\n` };
  });
  let flushedMs = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    for (const table of open) {
      table.stream.write(table.rows);
      table.rows = "";
    }
  };
  return {
    add(timed) {
      const { timeMs, sample } = timed;
      const ends = `${sample.uuid},${Math.round(timeMs)}\n`;
      for (const table of open) {
        table.rows += `${Math.floor(timeMs / 1000)},`;
        for (const value of table.values(timed)) table.rows += `${value ?? "N/A"},`;
        table.rows += ends;
      }
      if (Math.abs(timeMs - flushedMs) < FLUSH_MS) return;
      flush();
      flushedMs = timeMs;
    },
    async close() {
      flush();
      await Promise.all(open.map(({ stream }) => finished(stream.end())));
    },
  };
}
