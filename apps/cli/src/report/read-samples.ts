import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";

/** A row of a telemetry file, by its header's names. */
export type Row = (column: string) => string | undefined;

/** Rows of one of our telemetry files; none where the file is missing. Ours have no quotes. */
export async function* telemetryRows(path: string): AsyncGenerator<Row, void> {
  if (!existsSync(path)) return;
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
  let columns: ReadonlyMap<string, number> | undefined;
  for await (const line of lines) {
    const cells = line.split(",");
    if (!columns) {
      columns = new Map(cells.map((name, index) => [name.trim(), index]));
      continue;
    }
    const known = columns;
    yield (column) => cells[known.get(column) ?? -1];
  }
}

/** A number, or `undefined` for `N/A`, an empty or a torn cell. */
export function cellNumber(cell: string | undefined): number | undefined {
  return cell !== undefined && /^-?\d+\.?\d*(e[-+]?\d+)?$/i.test(cell.trim()) ? Number(cell) : undefined;
}
