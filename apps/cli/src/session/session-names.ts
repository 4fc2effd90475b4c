import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Names of the sessions below a directory, the one that began last at the end. */
export function sessionNames(parent: string): readonly string[] {
  if (!existsSync(parent)) return [];
  const born = (name: string): number => statSync(join(parent, name)).birthtimeMs;
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, "plan.json")))
    .sort((a, b) => inOrder(secondOf(a), secondOf(b)) || born(a) - born(b) || inOrder(a, b));
}

/** `20261123_174723` of a session's name: sessions of one second are told apart by when their directories were made. */
function secondOf(name: string): string {
  return /^\d{8}_\d{6}/.exec(name)?.[0] ?? name;
}

function inOrder(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
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
