import { readFile } from "node:fs";
import { promisify } from "node:util";
import type { z } from "zod";
import { RecordsError, type RecordsErrorCode } from "./errors.ts";
import { migrate } from "./migrate.ts";

/** For thousands of small files half as dear as that of `node:fs/promises`, which makes a handle for each. */
const read = promisify(readFile);

/**
 * Reads a JSON file of ours, of this version or an earlier one.
 *
 * @throws {RecordsError} `code` when it is none, naming the path inside it; `TOO_NEW`.
 */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  code: RecordsErrorCode,
): Promise<z.output<Schema>> {
  return parseJson(await read(path, "utf8"), path, schema, code);
}

/** The same for a text, such as a line; `path` says where it stands. */
export function parseJson<Schema extends z.ZodType>(
  text: string,
  path: string,
  schema: Schema,
  code: RecordsErrorCode,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RecordsError(code, `${path}: expected JSON: ${why}`, { cause });
  }
  const result = schema.safeParse(migrate(value, path));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  throw new RecordsError(code, `${path}: ${where}${issue?.message ?? "unknown content"}`, { cause: result.error });
}
