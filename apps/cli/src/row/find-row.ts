import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { configError } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import { idOf, isRow, rowsOf, sessionNames } from "../session/session-names.ts";
import { sessionPath } from "../session/session-path.ts";
import type { Terminal } from "../terminal.ts";

/** How many of several candidates are named. */
const NAMED = 5;

/**
 * The directory of a row, by the id of its record, a part of it that no other has, its directory or a file in it, or by its
 * number alone: then it is of the session that began last.
 *
 * @throws {RunnerError} `CONFIG` when there is none or more than one, with the nearest ids.
 */
export function findRow(given: string, results: string, terminal: Terminal): string {
  const path = resolve(terminal.workingDirectory, given);
  if (existsSync(path)) return rowAt(path, given);
  if (/^\d+$/.test(given)) return rowNumbered(Number(given), sessionPath(undefined, results, terminal));
  const parent = resolve(terminal.workingDirectory, results);
  const rows = sessionNames(parent).flatMap((session) => rowsOf(join(parent, session)));
  const ids = rows.map(idOf);
  const exact = rows.find((_, index) => ids[index] === given);
  if (exact !== undefined) return exact;
  const [only, ...others] = rows.filter((_, index) => ids[index]?.includes(given));
  if (only !== undefined && others.length === 0) return only;
  const among =
    only === undefined
      ? `found none below ${results}${suggestion(given, ids.slice(-NAMED))}`
      : `found ${others.length + 1}: ${[only, ...others].slice(0, NAMED).map(idOf).join(", ")}${others.length >= NAMED ? ", …" : ""}`;
  throw configError([
    { file: given, path: "", message: `expected the id of one run, a part of it or a directory, ${among}` },
  ]);
}

/** The row that a directory, or a file in it or in one of its attempts, belongs to. */
function rowAt(path: string, given: string): string {
  for (let at = path, steps = 0; steps < 3; at = dirname(at), steps += 1) {
    if (isRow(basename(at)) && existsSync(join(dirname(at), "plan.json")) && statSync(at).isDirectory()) return at;
  }
  throw configError([{ file: given, path: "", message: "expected the directory of one run, found something else" }]);
}

function rowNumbered(number: number, session: string): string {
  const found = rowsOf(session).find((row) => Number.parseInt(basename(row), 10) === number);
  if (found !== undefined) return found;
  throw configError([{ file: session, path: "", message: `expected a run ${number} that has begun, found none` }]);
}
