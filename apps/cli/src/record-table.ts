import type { ParameterValue, RecordJson } from "@ea/records";
import { joules, seconds } from "./format.ts";

/** Columns before and after those of mutated parameters, and before those of metrics. */
const BEFORE = ["row", "model"] as const;
const AFTER = ["status", "time", "CPU", "DRAM", "GPU", "CPU estimate"] as const;

/** A table of records for people that keeps none of them: each is added, and then its line is asked for. */
export interface RecordTable {
  readonly add: (record: RecordJson) => void;
  /** The names of the columns; empty without records. */
  readonly header: () => string;
  readonly line: (record: RecordJson) => string;
}

/** Begins a table. */
export function recordTable(): RecordTable {
  const mutated = new Set<string>();
  const widths = new Map<string, number>();
  let count = 0;
  const note = (column: string, cell: string | undefined): void => {
    widths.set(column, Math.max(widths.get(column) ?? 0, (cell ?? "-").length));
  };
  const columns = (): readonly string[] => {
    const metrics = [...widths.keys()].filter((column) => column.startsWith(METRIC));
    return [...BEFORE, ...[...mutated].map((name) => PARAMETER + name), ...AFTER, ...metrics];
  };
  const lineOf = (cells: ReadonlyMap<string, string | undefined>): string => {
    const padded = columns().map((column) => (cells.get(column) ?? "-").padEnd(widths.get(column) ?? 0));
    return `${padded.join("  ").trimEnd()}\n`;
  };
  return {
    add: (record) => {
      count += 1;
      for (const name of record.mutated) mutated.add(name);
      for (const [column, cell] of cellsOf(record)) note(column, cell);
    },
    header: () => {
      if (count === 0) return "";
      const names = new Map(columns().map((column) => [column, column.replace(/^\w+\n/, "")]));
      for (const [column, name] of names) note(column, name);
      return lineOf(names);
    },
    line: (record) => lineOf(cellsOf(record)),
  };
}

/** A parameter and a metric may have one name, and the name of a fixed column; none has a line break. */
const PARAMETER = "parameter\n";
const METRIC = "metric\n";

function cellsOf(record: RecordJson): ReadonlyMap<string, string | undefined> {
  const { energy_metrics: energy, hyperparameters, performance_metrics: performance } = record;
  const named = (prefix: string, values: Readonly<Record<string, ParameterValue>>) =>
    Object.entries(values).map(([name, value]) => [prefix + name, valueText(value)] as const);
  return new Map([
    ["row", String(record.row)],
    ["model", `${record.repository}/${record.model}${besideText(record)}`],
    ...named(PARAMETER, hyperparameters),
    ["status", record.failure_class ? `${record.status} (${record.failure_class})` : record.status],
    ["time", seconds(record.duration_seconds)],
    ["CPU", energyCell(energy.cpu_energy_pkg_joules)],
    ["DRAM", energyCell(energy.cpu_energy_ram_joules)],
    ["GPU", energyCell(energy.gpu_energy_total_joules)],
    ["CPU estimate", energyCell(record.energy.find(({ name }) => name === "cpu_estimate")?.value)],
    ...named(METRIC, performance),
  ]);
}

/** What ran beside a run of mode `parallel`, and for how much of it. */
function besideText({ background, attempts }: RecordJson): string {
  if (!background) return "";
  const share = attempts.at(-1)?.background?.alive_share ?? null;
  const alive =
    share === null ? "not known whether it was alive" : `alive ${(100 * share).toFixed(share < 1 ? 1 : 0)} %`;
  return ` beside ${background.repository}/${background.model} (${alive})`;
}

function energyCell(value: number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : joules(value);
}

function valueText(value: ParameterValue): string | undefined {
  return value === null ? undefined : String(value);
}
