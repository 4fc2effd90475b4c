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

/** Columns that only newer drivers have: asked for when `--help-query-gpu` names them. */
export const OPTIONAL_COLUMNS = ["temperature.memory", "power.draw.instant", "power.draw.average"] as const;

/** The columns to ask this driver for, given the text of `nvidia-smi --help-query-gpu`. */
export function chooseColumns(help: string): readonly string[] {
  const offered = new Set([...help.matchAll(/"([a-z0-9_.]+)"/g)].map(([, name]) => name));
  return [...BASE_COLUMNS, ...OPTIONAL_COLUMNS.filter((name) => offered.has(name))];
}

/** Arguments for one sweep over all GPUs, or with `intervalMs` for an endless series of them. */
export function queryArguments(columns: readonly string[], intervalMs?: number): string[] {
  const query = [`--query-gpu=${columns.join(",")}`, "--format=csv,nounits"];
  return intervalMs === undefined ? query : [...query, "-lms", String(intervalMs)];
}
