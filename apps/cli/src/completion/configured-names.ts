import { readFileSync } from "node:fs";

/**
 * Names of repositories, or of the models or hyperparameters of one, in a `models_config.json`; nothing when it cannot be
 * read: whoever presses a key wants no report of it. It is not checked, which would take longer than a key press may.
 */
export function configuredNames(
  file: string,
  kind: "repo" | "model" | "mutate",
  repository: string | undefined,
): readonly string[] {
  const models = field(readJson(file), "models");
  if (kind === "repo") return namesOf(models);
  const chosen = repository === undefined ? Object.values(Object(models)) : [field(models, repository)];
  if (kind === "mutate") return ["all", ...chosen.flatMap((config) => namesOf(field(config, "supported_hyperparams")))];
  return chosen.flatMap((config) => [field(config, "models")].flat()).filter((name) => typeof name === "string");
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // said by every command that needs the file
  }
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function namesOf(value: unknown): readonly string[] {
  return Object.keys(Object(value)).filter((name) => !/^(?:_.*|comment|description)$/.test(name));
}
