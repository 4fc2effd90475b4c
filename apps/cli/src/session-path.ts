import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { configError } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import type { Terminal } from "./terminal.ts";

/**
 * The directory of a session that was given as a path, or as a name below the directory of all sessions.
 *
 * @throws {RunnerError} `CONFIG` when there is neither, with the nearest name.
 */
export function sessionPath(given: string, results: string, { workingDirectory }: Terminal): string {
  const path = resolve(workingDirectory, given);
  if (existsSync(path)) return path;
  const named = resolve(workingDirectory, results, given);
  if (existsSync(named)) return named;
  const parent = resolve(workingDirectory, results);
  const names = existsSync(parent)
    ? readdirSync(parent).filter((name) => existsSync(join(parent, name, "plan.json")))
    : [];
  const message = `expected a session's directory, or its name below ${results}, found neither`;
  throw configError([{ file: given, path: "", message: `${message}${suggestion(basename(given), names)}` }]);
}
