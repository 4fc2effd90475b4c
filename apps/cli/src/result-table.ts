import { eachRecord, type ParameterValue, type RecordJson } from "@ea/records";
import type { SessionResult } from "@ea/runner";
import { joules, seconds, table } from "./format.ts";

type Cells = ReadonlyMap<string, string | undefined>;

/** What is kept of a record, which is much longer. */
interface Row {
  readonly before: readonly string[];
  readonly values: Cells;
  readonly after: readonly (string | undefined)[];
  readonly metrics: Cells;
}

/** The table at the end of a session, why energies are missing, and where everything is. */
export async function resultTable(result: SessionResult): Promise<string> {
  const { planned, completed, failed, suspect, directory, summary } = result;
  const missing = planned - completed - failed - suspect;
  const counts = [
    `${completed} of ${planned} runs succeeded`,
    failed && `${failed} failed`,
    suspect && `${suspect} suspect`,
    missing && `${missing} not finished`,
  ];
  const records = recordTable();
  for await (const record of eachRecord(directory)) records.add(record);
  return [
    records.text(`${counts.filter(Boolean).join(", ")}\n`),
    `Records:  ${directory}\n`,
    `Summary:  ${summary}\n`,
  ].join("");
}

/** Records as a table for people, with `middle` below it, and why energies are missing. */
export function recordTable(): {
  readonly add: (record: RecordJson) => void;
  readonly text: (middle: string) => string;
} {
  const rows: Row[] = [];
  const mutated = new Set<string>();
  const missing = new Set<string>();
  return {
    add: (record) => {
      rows.push(cellsOf(record));
      for (const name of record.mutated) mutated.add(name);
      for (const line of missingEnergies(record)) missing.add(line);
    },
    text: (middle) => {
      const metrics = [...new Set(rows.flatMap((row) => [...row.metrics.keys()]))];
      const header = ["row", "model", ...mutated, "status", "time", "CPU", "DRAM", "GPU", "CPU estimate", ...metrics];
      const lines = rows.map(({ before, values, after, metrics: own }) => [
        ...before,
        ...[...mutated].map((name) => values.get(name)),
        ...after,
        ...metrics.map((name) => own.get(name)),
      ]);
      return [
        rows.length > 0 ? `${table(header, lines)}\n` : "",
        middle,
        missing.size > 0 ? `Energy:\n${[...missing].join("")}` : "",
      ].join("");
    },
  };
}

function cellsOf(record: RecordJson): Row {
  const { energy_metrics: energy, hyperparameters, performance_metrics: performance } = record;
  const cells = (values: Readonly<Record<string, ParameterValue>>): Cells =>
    new Map(Object.entries(values).map(([name, value]) => [name, text(value)]));
  return {
    before: [String(record.row), `${record.repository}/${record.model}${besideText(record)}`],
    values: cells(hyperparameters),
    after: [
      record.failure_class ? `${record.status} (${record.failure_class})` : record.status,
      seconds(record.duration_seconds),
      energyCell(energy.cpu_energy_pkg_joules),
      energyCell(energy.cpu_energy_ram_joules),
      energyCell(energy.gpu_energy_total_joules),
      energyCell(record.energy.find(({ name }) => name === "cpu_estimate")?.value),
    ],
    metrics: cells(performance),
  };
}

/** What ran beside a run of mode `parallel`, and for how much of it. */
function besideText({ background, attempts }: RecordJson): string {
  if (!background) return "";
  const share = attempts.at(-1)?.background?.alive_share ?? null;
  const alive =
    share === null ? "not known whether it was alive" : `alive ${(100 * share).toFixed(share < 1 ? 1 : 0)} %`;
  return ` beside ${background.repository}/${background.model} (${alive})`;
}

/** Each energy without a value, once, with its reason; and what an estimate is. */
function missingEnergies(record: RecordJson): readonly string[] {
  return record.energy.flatMap(({ name, value, reason, quality }) => {
    if (value === null) return [`  no ${name}: ${reason ?? "unknown"}\n`];
    return quality === "estimated" ? [`  ${name} is a model, not a measurement\n`] : [];
  });
}

function energyCell(value: number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : joules(value);
}

function text(value: number | string | boolean | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
