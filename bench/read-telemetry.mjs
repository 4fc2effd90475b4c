// Statistics of columns in a process of their own: node read-telemetry.mjs READER FILE COLUMN…; prints JSON.
import { createReadStream, readFileSync } from "node:fs";
import { columnStatistics } from "@ea/metrics-parser";
import { parse } from "csv-parse";

const [reader, path, ...columns] = process.argv.slice(2);

const readers = {
  ours: async () => (await columnStatistics({ path }, { columns })).columns[columns[0]],
  "csv-parse": async () => {
    const [column] = columns;
    let [count, sum, min, max] = [0, 0, Infinity, -Infinity];
    for await (const record of createReadStream(path).pipe(parse({ columns: true, trim: true }))) {
      const value = Number(record[column]);
      count += 1;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return { count, sum, min, max };
  },
};

const before = process.cpuUsage();
const start = performance.now();
const { count, sum, min, max } = await readers[reader]();
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
// What resourceUsage() tells includes the memory of the process that has started this one
const [, peakKibibytes] = /VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"));
const cpuSeconds = (user + system) / 1e6;
console.log(JSON.stringify({ seconds, cpuSeconds, count, sum, min, max, peakBytes: peakKibibytes * 1024 }));
