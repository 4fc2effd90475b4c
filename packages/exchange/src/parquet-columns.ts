import type { TableRow } from "@ea/records";

/** Type of a column in Parquet. A number is a DOUBLE where a record does not say that it is an integer. */
type ColumnType = "STRING" | "INT32" | "DOUBLE" | "BOOLEAN" | "TIMESTAMP";

/** A column as it is written; `null` is absent. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: true;
  readonly data: (string | number | boolean | Date | null)[];
}

type Cell = TableRow[string];

const FIXED: Readonly<Record<string, ColumnType>> = {
  row: "INT32",
  repetition: "INT32",
  retries: "INT32",
  attempt: "INT32",
  attempts: "INT32",
  exit_code: "INT32",
  background_restarts: "INT32",
  background_alive_share: "DOUBLE",
  background_cpu_seconds: "DOUBLE",
  timestamp: "TIMESTAMP",
  started_at: "TIMESTAMP",
  ended_at: "TIMESTAMP",
};

const TEXTS = ["background_repository", "background_model"];

/** The columns of a table, each with one type that does not depend on whether its numbers happen to be whole. */
export function parquetColumns(names: readonly string[], rows: readonly TableRow[]): readonly ParquetColumn[] {
  return names.map((name) => {
    const cells = rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined));
    const type = columnType(name, cells);
    return { name, type, nullable: true, data: cells.map((cell) => valueOf(cell, type)) };
  });
}

function columnType(name: string, cells: readonly Cell[]): ColumnType {
  const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
  if (fixed) return fixed;
  if (/^(perf_|(cpu|gpu)_|duration_seconds$)/.test(name)) return "DOUBLE";
  if (!/^(background_)?hyperparam_/.test(name) || TEXTS.includes(name)) return "STRING";
  const kinds = new Set(cells.flatMap((cell) => (cell === null || cell === undefined ? [] : [typeof cell])));
  if (kinds.size !== 1) return "STRING";
  return kinds.has("number") ? "DOUBLE" : kinds.has("boolean") ? "BOOLEAN" : "STRING";
}

function valueOf(cell: Cell, type: ColumnType): string | number | boolean | Date | null {
  if (cell === null || cell === undefined) return null;
  if (type === "TIMESTAMP") return new Date(String(cell));
  return type === "STRING" ? String(cell) : cell;
}
