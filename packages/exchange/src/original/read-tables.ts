import { relative, resolve } from "node:path";
import { ExchangeError } from "../errors.ts";
import { type NotRead, reasonOf } from "./not-read.ts";
import { type OriginalTable, readOriginalTable } from "./original-table.ts";

/** The tables that were read, and the files that were not. */
export interface ReadTables {
  readonly tables: readonly OriginalTable[];
  readonly notRead: readonly NotRead[];
}

const WANTED = "expected a table with the columns experiment_id, timestamp and energy_gpu_total_joules";

/**
 * Reads the tables of the original: those that were asked for, and those among the CSV files below the root.
 *
 * @param found relative to `root`.
 * @throws {ExchangeError} `BAD_REQUEST` for one that was asked for and cannot be read or is none.
 */
export async function readTables(
  root: string,
  found: readonly string[],
  asked: readonly string[],
): Promise<ReadTables> {
  const tables = new Map<string, OriginalTable>();
  const notRead: NotRead[] = [];
  for (const path of asked) {
    const table = await readOriginalTable(path, relative(root, path)).catch((cause: unknown) => {
      throw new ExchangeError("BAD_REQUEST", `${path}: ${WANTED}: ${reasonOf(cause)}`, { cause });
    });
    if (!table) throw new ExchangeError("BAD_REQUEST", `${path}: ${WANTED}, found other columns`);
    tables.set(path, table);
  }
  for (const file of found) {
    const path = resolve(root, file);
    if (tables.has(path)) continue;
    try {
      const table = await readOriginalTable(path, file);
      if (table) tables.set(path, table);
      else notRead.push({ file, reason: "no table of the original" });
    } catch (error) {
      notRead.push({ file, reason: reasonOf(error) });
    }
  }
  return { tables: [...tables.values()], notRead };
}
