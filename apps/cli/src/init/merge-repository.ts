import { isDeepStrictEqual } from "node:util";
import { UsageError } from "../usage-error.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * The content of a configuration with one more repository; `undefined` when it is there already, just so.
 *
 * @throws {UsageError} when there is another one of that name, with each difference.
 */
export function mergeRepository(content: Json, name: string, entry: Json, file: string): Json | undefined {
  const models = isObject(content["models"]) ? content["models"] : {};
  if (!Object.hasOwn(models, name)) return { ...content, models: { ...models, [name]: entry } };
  const lines = differences(models[name], entry, `models.${name}`);
  if (lines.length === 0) return undefined;
  const advice = "nothing was changed; --name NAME adds it under another name";
  throw new UsageError([`${file}: there is another "${name}" already:`, ...lines, advice].join("\n"));
}

function differences(found: unknown, proposed: unknown, path: string): readonly string[] {
  if (isDeepStrictEqual(found, proposed)) return [];
  if (!isObject(found) || !isObject(proposed)) {
    return [
      `  ${path}: there ${JSON.stringify(found) ?? "nothing"}, proposed ${JSON.stringify(proposed) ?? "nothing"}`,
    ];
  }
  const keys = [...new Set([...Object.keys(found), ...Object.keys(proposed)])];
  return keys.flatMap((key) => differences(found[key], proposed[key], `${path}.${key}`));
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
