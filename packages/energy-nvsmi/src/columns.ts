/** Columns of `nvidia-smi --query-gpu` that every driver since 2012 has. */
export const BASE_COLUMNS = [
  "timestamp",
  "index",
  "uuid",
  "name",
  "driver_version",
  "power.draw",
  "power.limit",
  "temperature.gpu",
  "utilization.gpu",
  "utilization.memory",
  "memory.used",
] as const;

/** Columns that only some drivers have: asked for when `--help-query-gpu` names them; of a list, the first that it names. */
export const OPTIONAL_COLUMNS: readonly (readonly string[])[] = [
  ["power.draw.instant"],
  ["power.draw.average"],
  ["temperature.memory"],
  ["clocks.current.sm"],
  ["clocks.current.memory"],
  ["clocks_event_reasons.active", "clocks_throttle_reasons.active"], // renamed by driver 535
  ["mig.mode.current"],
];

/** The columns to ask this driver for, given the text of `nvidia-smi --help-query-gpu`. */
export function chooseColumns(help: string): readonly string[] {
  const offered = new Set([...help.matchAll(/"([a-z0-9_.]+)"/g)].map(([, name]) => name));
  return [...BASE_COLUMNS, ...OPTIONAL_COLUMNS.flatMap((names) => names.find((name) => offered.has(name)) ?? [])];
}

/** Which GPUs are asked, and how often. */
export interface QueryOptions {
  /** UUIDs; all GPUs when left out. */
  readonly uuids?: readonly string[] | undefined;
  /** Makes it an endless series of sweeps. */
  readonly intervalMs?: number | undefined;
}

/** Arguments for one sweep over the GPUs, or for an endless series of them. */
export function queryArguments(columns: readonly string[], { uuids, intervalMs }: QueryOptions = {}): string[] {
  return [
    `--query-gpu=${columns.join(",")}`,
    "--format=csv,nounits",
    ...(uuids ? [`--id=${uuids.join(",")}`] : []),
    ...(intervalMs === undefined ? [] : ["-lms", String(intervalMs)]),
  ];
}
