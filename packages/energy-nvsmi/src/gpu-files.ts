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

/** Opens the telemetry files in a directory; times are milliseconds since 1970, an absent value is `N/A`. */
export function openGpuFiles(directory: string): GpuFiles {
  const open = TABLES.map(({ file, columns, values }) => {
    const stream = createWriteStream(join(directory, file));
    stream.on("error", () => undefined); // `close` reports it
    stream.write(`timestamp,${columns},gpu_uuid,timestamp_ms\n`);
    return { stream, values };
  });
  return {
    add(timed) {
      const { timeMs, sample } = timed;
      for (const { stream, values } of open) {
        const cells = values(timed).map((value) => value ?? "N/A");
        const row = [Math.floor(timeMs / 1000), ...cells, sample.uuid, Math.round(timeMs)];
        stream.write(`${row.join(",")}\n`);
      }
    },
    async close() {
      await Promise.all(open.map(({ stream }) => finished(stream.end())));
    },
  };
}
