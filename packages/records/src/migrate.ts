import { RecordsError } from "./errors.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

type Json = Readonly<Record<string, unknown>>;

/** Makes a file of one version out of the one before; what it does not know it leaves as it is. */
export type Migration = (json: Json) => Json;

/** Position 0 leads from version 1 to version 2, and so on; there is only version 1 so far. */
const MIGRATIONS: readonly Migration[] = [];

/**
 * A file's content as this version writes it. Content without a `schema_version` stays as it is: its schema will say so.
 *
 * @param path for the message.
 * @throws {RecordsError} `TOO_NEW` for a version that only a later `ea` knows.
 */
export function migrate(
  value: unknown,
  path: string,
  { version = SCHEMA_VERSION, migrations = MIGRATIONS }: { version?: number; migrations?: readonly Migration[] } = {},
): unknown {
  if (typeof value !== "object" || value === null || !("schema_version" in value)) return value;
  const found = value.schema_version;
  if (typeof found !== "number" || !Number.isInteger(found) || found < 1) return value;
  if (found > version) {
    throw new RecordsError(
      "TOO_NEW",
      `${path}: schema_version: expected at most ${version}, found ${found}: a newer ea wrote it; update this one`,
    );
  }
  const start: Json = { ...value };
  return migrations
    .slice(found - 1, version - 1)
    .reduce((json, migration, index) => ({ ...migration(json), schema_version: found + index + 1 }), start);
}
