import { resolve } from "node:path";
import { configError, loadModelsConfig, type RepositoryConfig } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import type { Terminal } from "../terminal.ts";

/** Where a repository is looked up, as flags say it. */
export interface RepositoryFlags {
  readonly config: string;
  readonly project?: string | undefined;
  readonly repo: string;
  readonly model?: string | undefined;
}

/**
 * The repository that `--repo` names; `--model` has to be one of its models.
 *
 * @throws {RunnerError} `CONFIG`, naming the nearest valid name.
 */
export async function configuredRepository(flags: RepositoryFlags, terminal: Terminal): Promise<RepositoryConfig> {
  const { repo, model } = flags;
  const { models } = await loadModelsConfig(flags.config, resolve(terminal.workingDirectory, flags.project ?? "."));
  const repository = new Map(Object.entries(models)).get(repo);
  if (!repository) throw unknown("--repo", repo, Object.keys(models));
  if (model !== undefined && !repository.models.includes(model)) throw unknown("--model", model, repository.models);
  return repository;
}

function unknown(flag: string, given: string, names: readonly string[]): Error {
  const message = `expected ${names.join(" or ")}, found "${given}"${suggestion(given, names)}`;
  return configError([{ file: undefined, path: flag, message }]);
}
