import { join } from "node:path";
import type { AttemptJson, RecordJson } from "@ea/records";
import { type RunTrace, type Samples, type TraceChannel, traceChannel } from "@ea/report";
import { epochMarks } from "./epoch-marks.ts";
import { cellNumber, telemetryRows } from "./read-samples.ts";

const GPU_FILES = [
  { file: "gpu_power.csv", column: "power_draw_w", kind: "power" },
  { file: "gpu_temperature.csv", column: "gpu_temp_c", kind: "temperature" },
  { file: "gpu_utilization.csv", column: "gpu_util_percent", kind: "utilisation" },
] as const;

/** Domains of `cpu_energy.csv` that are drawn. */
const CPU_LABELS: Readonly<Record<string, string>> = { cpu_package: "CPU package", dram: "DRAM" };

interface Line {
  readonly kind: TraceChannel["kind"];
  readonly label: string;
  readonly x: number[];
  readonly y: number[];
}

/** The telemetry of the last attempt of a row; `undefined` when there is none. */
export async function readTrace(row: string, record: RecordJson): Promise<RunTrace | undefined> {
  const attempt = record.attempts.at(-1);
  if (!attempt) return undefined;
  const directory = join(row, `attempt_${attempt.attempt}`);
  const startMs = startOf(attempt);
  const lines = [
    ...(await gpuLines(directory, startMs, gpuNames(record))),
    ...(await cpuLines(directory, cpuOffset(attempt, startMs))),
  ];
  const lastSecond = (Date.parse(attempt.ended_at) - startMs) / 1000;
  const channels = lines.map((line) => upTo(ascending(line), lastSecond)).flatMap((line) => traceChannel(line) ?? []);
  return channels.length === 0 ? undefined : { channels, epochs: epochMarks(attempt, startMs) };
}

/** Meters go on for a while after the run. */
function upTo({ x, y, ...line }: Samples, lastSecond: number): Samples {
  const end = x.findLastIndex((second) => second <= lastSecond) + 1;
  return { ...line, x: x.slice(0, end), y: y.slice(0, end) };
}

/** Milliseconds since 1970 at which the first meter began. */
function startOf({ started_at, meter_windows }: AttemptJson): number {
  const starts = Object.values(meter_windows ?? {}).map(({ start_ms }) => start_ms);
  return starts.length > 0 ? Math.min(...starts) : Date.parse(started_at);
}

/** Seconds from the run's start to the CPU meter's. */
function cpuOffset({ meter_windows }: AttemptJson, startMs: number): number {
  const cpuMs = meter_windows?.["cpu"]?.start_ms;
  return cpuMs === undefined ? 0 : (cpuMs - startMs) / 1000;
}

function gpuNames({ environment }: RecordJson): ReadonlyMap<string, string> {
  return new Map(environment.gpus.map(({ uuid }, index) => [uuid, `GPU ${index}`]));
}

async function gpuLines(
  directory: string,
  startMs: number,
  names: ReadonlyMap<string, string>,
): Promise<readonly Line[]> {
  const lines = new Map<string, Line>();
  for (const { file, column, kind } of GPU_FILES) {
    for await (const row of telemetryRows(join(directory, file))) {
      const timeMs = cellNumber(row("timestamp_ms")) ?? wholeSeconds(row("timestamp"));
      const value = cellNumber(row(column));
      if (timeMs === undefined || value === undefined) continue;
      const uuid = row("gpu_uuid") ?? "";
      addPoint(lines, { kind, label: names.get(uuid) ?? (uuid || "GPU") }, (timeMs - startMs) / 1000, value);
    }
  }
  return [...lines.values()];
}

/** Joules between two readings as the mean power between them, drawn at the end of the interval. */
async function cpuLines(directory: string, offsetSeconds: number): Promise<readonly Line[]> {
  const totals = new Map<string, Map<number, number>>();
  for await (const row of telemetryRows(join(directory, "cpu_energy.csv"))) {
    const [second, joules, domain] = [cellNumber(row("t_seconds")), cellNumber(row("joules")), row("domain") ?? ""];
    if (second === undefined || joules === undefined || CPU_LABELS[domain] === undefined) continue;
    const seconds = totals.get(domain) ?? new Map<number, number>();
    seconds.set(second, (seconds.get(second) ?? 0) + joules); // several sockets have rows of the same time
    totals.set(domain, seconds);
  }
  const lines = new Map<string, Line>();
  for (const [domain, seconds] of totals) {
    let before = 0;
    for (const [second, joules] of [...seconds].sort(([a], [b]) => a - b)) {
      if (second <= before) continue;
      const label = CPU_LABELS[domain] ?? domain;
      if (before === 0) addPoint(lines, { kind: "power", label }, offsetSeconds, joules / second);
      addPoint(lines, { kind: "power", label }, second + offsetSeconds, joules / (second - before));
      before = second;
    }
  }
  return [...lines.values()];
}

/** The original's tables have whole seconds alone. */
function wholeSeconds(cell: string | undefined): number | undefined {
  const seconds = cellNumber(cell);
  return seconds === undefined ? undefined : seconds * 1000;
}

function addPoint(
  lines: Map<string, Line>,
  { kind, label }: Pick<Line, "kind" | "label">,
  second: number,
  value: number,
): void {
  const key = `${kind} ${label}`;
  const line = lines.get(key) ?? { kind, label, x: [], y: [] };
  lines.set(key, line);
  line.x.push(Math.max(0, second));
  line.y.push(value);
}

/** In the order of time; a clock that stepped has mixed them up. */
function ascending(line: Line): Samples {
  const { x, y } = line;
  if (x.every((second, index) => index === 0 || second >= (x[index - 1] ?? second))) return line;
  const order = x.map((_, index) => index).sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  return { ...line, x: order.map((index) => x[index] ?? 0), y: order.map((index) => y[index] ?? 0) };
}
