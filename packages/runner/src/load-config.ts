import { access, stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import type { z } from "zod";
import { type ConfigShape, configProblems } from "./config-problems.ts";
import { configError } from "./errors.ts";
import { ExperimentFile, experimentFileShape } from "./experiment-file.ts";
import { ModelsConfig, modelsConfigShape } from "./models-config.ts";
import { readJsonFile } from "./read-json-file.ts";

/**
 * Reads and validates `models_config.json`.
 *
 * @param path relative to `project`, or absolute.
 * @throws {RunnerError} `CONFIG` with one problem for each thing that is wrong.
 */
export async function loadModelsConfig(path: string, project: string): Promise<ModelsConfig> {
  return checked(ModelsConfig, modelsConfigShape, await readJsonFile(resolve(project, path), path), path);
}

/**
 * Reads and validates an experiment file; a relative path is also looked up under `config/` of the project.
 *
 * @throws {RunnerError} `CONFIG` with one problem for each thing that is wrong.
 */
export async function loadExperimentFile(path: string, project: string): Promise<ExperimentFile> {
  const here = resolve(project, path);
  const underConfig = join(project, "config", path);
  const isElsewhere = !isAbsolute(path) && !(await exists(here)) && (await exists(underConfig));
  const value = await readJsonFile(isElsewhere ? underConfig : here, path, ["description"]);
  return checked(ExperimentFile, experimentFileShape, value, path);
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  shape: ConfigShape,
  value: unknown,
  shownAs: string,
): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (!result.success) throw configError(configProblems(shownAs, result.error.issues, shape));
  return result.data;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether there is a directory at the path. */
export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
