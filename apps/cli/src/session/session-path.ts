import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { configError } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import type { Terminal } from "../terminal.ts";
import { sessionNames } from "./session-names.ts";

/**
 * The directory of a session that was given as a path, or as a name below the directory of all sessions; without either, of
 * the session that began last.
 *
 * @throws {RunnerError} `CONFIG` when there is none, with the nearest name.
 */
export function sessionPath(given: string | undefined, results: string, { workingDirectory }: Terminal): string {
  if (given !== undefined) {
    const path = [resolve(workingDirectory, given), resolve(workingDirectory, results, given)].find(existsSync);
    if (path !== undefined) return path;
  }
  const parent = resolve(workingDirectory, results);
  const names = sessionNames(parent);
  if (given === undefined) {
    const latest = names.at(-1);
    if (latest !== undefined) return join(parent, latest);
    throw configError([{ file: results, path: "", message: "expected a session below it, found none" }]);
  }
  const message = `expected a session's directory, or its name below ${results}, found neither`;
  throw configError([{ file: given, path: "", message: `${message}${suggestion(basename(given), names)}` }]);
}
