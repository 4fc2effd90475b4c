import { columnCollector, recordsOf, SCHEMA_VERSION, type TableRow, type TableShape, tableRows } from "@ea/records";
import { parquetColumns } from "./parquet-columns.ts";

/**
 * The records of sessions as a Parquet file: the table of `tableText`, with a type for each column. Absent values are nulls,
 * times are UTC, and the file's metadata has `ea.schema_version` and `ea.shape`.
 *
 * @throws {RecordsError} `BAD_RECORD` for a damaged record: none is passed over.
 */
export async function parquetTable(directories: readonly string[], shape: TableShape): Promise<Uint8Array> {
  const collector = columnCollector(shape);
  const rows: TableRow[] = [];
  for await (const record of recordsOf(directories)) {
    collector.add(record);
    rows.push(...tableRows(record, shape));
  }
  const { parquetWriteBuffer } = await import("hyparquet-writer"); // only who writes Parquet pays for it
  const columnData = parquetColumns(collector.columns(), rows);
  const kvMetadata = [
    { key: "ea.schema_version", value: String(SCHEMA_VERSION) },
    { key: "ea.shape", value: shape },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData: [...columnData], kvMetadata, createdBy: "@ea/exchange" }));
}
