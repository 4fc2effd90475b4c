import { createReadStream } from "node:fs";
import type { ParameterValue, PublishedJson } from "@ea/records";
import { parse } from "csv-parse";
import { booleanOf, numberOf, textOf } from "./json-value.ts";
import { ENERGY_COLUMNS, energyOf } from "./published-energy.ts";

/** The rows of a published table. */
export interface OriginalTable {
  readonly file: string;
  readonly rows: readonly PublishedJson[];
  /** Rows that are not as wide as the header. */
  readonly badRows: number;
}

const NEEDED = ["experiment_id", "timestamp"];

/** Reads a published table, which is called `file`; `undefined` for another CSV. */
export async function readOriginalTable(path: string, file: string): Promise<OriginalTable | undefined> {
  const source = createReadStream(path);
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    info: true,
    max_record_size: 2 ** 20,
  });
  source.on("error", (error) => parser.destroy(error)); // `pipe` does not hand it on
  source.pipe(parser);
  let header: readonly string[] | undefined;
  let badRows = 0;
  const rows: PublishedJson[] = [];
  try {
    for await (const { record, info } of parser) {
      const cells: readonly string[] = record;
      if (!header) {
        header = cells;
        const names = new Set(cells);
        if (!NEEDED.every((name) => names.has(name)) || !cells.some(isEnergyColumn)) return undefined;
        continue;
      }
      if (cells.length !== header.length) badRows += 1;
      else rows.push(publishedRow(new Map(header.map((name, at) => [name, cells[at] ?? ""])), file, info.lines));
    }
  } finally {
    source.destroy();
    parser.destroy();
  }
  return header && { file, rows, badRows };
}

function isEnergyColumn(name: string): boolean {
  return name === ENERGY_COLUMNS.gpu_energy_total_joules || name === `fg_${ENERGY_COLUMNS.gpu_energy_total_joules}`;
}

/** A parallel run's values may stand in columns of their own, which begin with `fg_`. */
function publishedRow(cells: ReadonlyMap<string, string>, file: string, line: number): PublishedJson {
  const cell = (name: string): string => cells.get(name) || cells.get(`fg_${name}`) || "";
  const named = <Value>(prefix: string, read: (text: string) => Value | undefined): Record<string, Value> =>
    Object.fromEntries(
      [...cells].flatMap(([column, text]) => {
        const name = column.replace(/^fg_/, "");
        const value = name.startsWith(prefix) ? read(text) : undefined;
        return value === undefined ? [] : [[name.slice(prefix.length), value]];
      }),
    );
  const retries = numberOf(cell("retries"));
  return {
    file,
    line,
    experiment_id: textOf(cell("experiment_id")) ?? null,
    timestamp: textOf(cell("timestamp")) ?? null,
    duration_seconds: numberOf(cell("duration_seconds")) ?? null,
    retries: retries !== undefined && Number.isInteger(retries) && retries >= 0 ? retries : null,
    training_success: booleanOf(cell("training_success")) ?? null,
    error_message: textOf(cell("error_message")) ?? null,
    hyperparameters: named("hyperparam_", parameterOf),
    energy_metrics: energyOf(
      Object.fromEntries(Object.entries(ENERGY_COLUMNS).map(([name, column]) => [name, cell(column)])),
    ),
    performance_metrics: named("perf_", numberOf),
    repository: textOf(cell("repository")) ?? null,
    model: textOf(cell("model")) ?? null,
    experiment_source: textOf(cell("experiment_source")) ?? null,
    mutated_param: textOf(cell("mutated_param")) ?? null,
    num_mutated_params: numberOf(cell("num_mutated_params")) ?? null,
    is_parallel: booleanOf(cell("is_parallel")) ?? null,
  };
}

function parameterOf(text: string): ParameterValue | undefined {
  return numberOf(text) ?? textOf(text);
}
