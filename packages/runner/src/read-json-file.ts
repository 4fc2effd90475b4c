import { readFile } from "node:fs/promises";
import { configError } from "./errors.ts";

/**
 * The JSON value in a file, without its comment keys.
 *
 * @param kept comment keys that stay at the top.
 * @throws {RunnerError} `CONFIG` when the file cannot be read or is no JSON, with line and column.
 */
export async function readJsonFile(path: string, shownAs: string, kept: readonly string[] = []): Promise<unknown> {
  const content = await readFile(path, "utf8").catch((error: unknown) => {
    throw configError([{ file: shownAs, path: "", message: `expected a readable file, found ${reason(error)}` }]);
  });
  const text = content.replace(/^\uFEFF/, "");
  const error = jsonError(text);
  if (error !== undefined) {
    throw configError([{ file: `${shownAs}:${positionOfError(text)}`, path: "", message: `expected JSON: ${error}` }]);
  }
  const value: unknown = JSON.parse(text);
  const place = pathOfProto(value);
  if (place !== undefined) {
    throw configError([{ file: shownAs, path: place, message: 'expected another name, found "__proto__"' }]);
  }
  return withoutComments(value, kept);
}

/** Where a key `__proto__` stands, which no object of JavaScript can hold safely: it would be dropped in silence. */
function pathOfProto(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = key === "__proto__" ? [...path, key].join(".") : pathOfProto(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** V8's words for what is wrong; `undefined` for JSON. */
function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `line:column` of the first wrong character: V8 does not always name it, so it is where the longest valid beginning ends. */
function positionOfError(text: string): string {
  let validLength = 0;
  for (let invalidLength = text.length + 1; invalidLength - validLength > 1; ) {
    const middle = Math.floor((validLength + invalidLength) / 2);
    if (canGoOn(text.slice(0, middle))) validLength = middle;
    else invalidLength = middle;
  }
  const before = text.slice(0, validLength).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Whether nothing is wrong with a text but that JSON goes on after it. */
function canGoOn(text: string): boolean {
  const error = jsonError(text);
  if (error === undefined || error.includes("Unexpected end")) return true;
  return Number(/at position (\d+)/.exec(error)?.[1] ?? -1) >= text.length;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT") return "no such file";
  if ("code" in error && error.code === "EISDIR") return "a directory";
  return error.message;
}

/** JSON has no comments: keys named `comment`, `description` or starting with `_` are. */
function withoutComments(value: unknown, kept: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutComments(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key]) => kept.includes(key) || !/^(_.*|comment|description)$/.test(key),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutComments(inner)]));
}
