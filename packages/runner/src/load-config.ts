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
  return load(ModelsConfig, modelsConfigShape, resolve(project, path), { shownAs: path });
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
  const options = { shownAs: path, kept: ["description"] };
  return load(ExperimentFile, experimentFileShape, isElsewhere ? underConfig : here, options);
}

async function load<Schema extends z.ZodType>(
  schema: Schema,
  shape: ConfigShape,
  path: string,
  { shownAs, kept = [] }: { readonly shownAs: string; readonly kept?: readonly string[] },
): Promise<z.output<Schema>> {
  const value = await readJsonFile(path, shownAs, kept);
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
