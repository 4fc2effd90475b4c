import { readFile } from "node:fs/promises";
import { configError } from "./errors.ts";

/**
 * The JSON value in a file, without its comment keys.
 *
 * @throws {RunnerError} `CONFIG` when the file cannot be read or is no JSON, with line and column.
 */
export async function readJsonFile(path: string, shownAs: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw configError([{ file: shownAs, path: "", message: `expected a readable file, found ${reason(error)}` }]);
  });
  try {
    return withoutComments(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw configError([{ file: `${shownAs}${positionIn(text, words)}`, path: "", message: `expected JSON: ${words}` }]);
  }
}

/** `:line:column` of the position that V8 names in its message, when it does. */
function positionIn(text: string, message: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  const isEnd = /Unexpected end/.test(message);
  if (position === undefined && !isEnd) return "";
  const before = text.slice(0, isEnd ? text.length : Number(position)).split("\n");
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT") return "no such file";
  if ("code" in error && error.code === "EISDIR") return "a directory";
  return error.message;
}

/** JSON has no comments: keys named `comment`, `description` or starting with `_` are. */
function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !/^(_.*|comment|description)$/.test(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutComments(inner)]));
}
