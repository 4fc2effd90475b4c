import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Names of the sessions below a directory, the one that began last at the end. */
export function sessionNames(parent: string): readonly string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, "plan.json")))
    .sort();
}

/** Directories of the rows of a session that have begun. */
export function rowsOf(session: string): readonly string[] {
  return readdirSync(session)
    .filter(isRow)
    .sort()
    .map((name) => join(session, name));
}

/** Whether a directory's name is that of a row. */
export function isRow(name: string): boolean {
  return /^\d{3,}_/.test(name) && !/^\d{8}_\d{6}_/.test(name);
}

/** The id of a row's record, by the row's directory. */
export function idOf(row: string): string {
  return `${basename(dirname(row))}_${basename(row)}`;
}
