import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { configError } from "@ea/runner";
import { sessionPath } from "../session/session-path.ts";
import type { Terminal } from "../terminal.ts";

/**
 * The directories of sessions, each once: as given, or all below a directory of sessions.
 *
 * @throws {RunnerError} `CONFIG` when there is none.
 */
export function findSessions(given: readonly string[], results: string, terminal: Terminal): readonly string[] {
  const directories = given.flatMap((name) => {
    const path = sessionPath(name, results, terminal);
    if (!statSync(path).isDirectory()) throw noSession(name, "expected a session's directory, found a file");
    if (existsSync(join(path, "plan.json"))) return [path];
    const below = readdirSync(path)
      .map((child) => join(path, child))
      .filter((child) => existsSync(join(child, "plan.json")))
      .sort();
    // Rows without a plan are a session all the same
    if (below.length > 0 || rowDirectories(path).length > 0) return below.length > 0 ? below : [path];
    throw noSession(name, "expected a session's directory or one with sessions, found neither a plan nor rows in it");
  });
  return [...new Map(directories.map((directory) => [realpathSync(directory), directory])).values()];
}

/** Names of the rows of a session, by their numbers. */
export function rowDirectories(session: string): readonly string[] {
  return readdirSync(session, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => !existsSync(join(session, name, "plan.json")))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

function noSession(file: string, message: string): Error {
  return configError([{ file, path: "", message }]);
}
