import { canonicalValue, isSeed, type Value } from "@ea/mutator";
import { changeSpace } from "./changed-space.ts";
import { pathText } from "./config-problems.ts";
import type { Problem } from "./errors.ts";
import type { ExperimentItem } from "./experiment-item.ts";
import type { RepositoryConfig } from "./models-config.ts";
import { suggestion } from "./nearest.ts";
import type { RequestContext, Requested, RequestedExperiment, RequestOrigin } from "./requested-experiment.ts";

/** What is wrong with a key of an experiment. */
export function problemAt(
  { file }: RequestOrigin,
  path: readonly PropertyKey[],
  key: string,
  message: string,
): Problem {
  return { file, path: file === undefined ? `--${key}` : pathText([...path, key]), message };
}

/** Resolves one training: an experiment by itself, or one of the two of mode `parallel`. */
export function requestTraining(
  item: Omit<ExperimentItem, "mode" | "foreground" | "background"> & Pick<RequestedExperiment, "mode">,
  path: readonly PropertyKey[],
  { models, settings, forcedRuns, origin }: RequestContext,
): Requested {
  const problems: Problem[] = [];
  const complain = (key: string, message: string): void => {
    problems.push(problemAt(origin, path, key, message));
  };
  const { repo, model, mode } = item;
  if (repo === undefined) complain("repo", "expected a repository, found nothing");
  if (model === undefined) complain("model", "expected a model, found nothing");
  if (repo === undefined || model === undefined) return { problems };
  const standing = ownValue(models, repo);
  if (!standing) {
    complain("repo", `unknown repository "${repo}"${suggestion(repo, Object.keys(models))}`);
    return { problems };
  }
  const changed = changeSpace(standing, item.space ?? {});
  for (const { path: inner, message } of "problems" in changed ? changed.problems : []) {
    complain(inner === "" ? "space" : `space.${inner}`, message);
  }
  const config = "config" in changed ? changed.config : standing;
  if (!config.models.includes(model)) {
    complain("model", `unknown model "${model}" of ${repo}${suggestion(model, config.models)}`);
  }
  const names = Object.keys(config.supported_hyperparams);
  const mutate = mode === "mutation" ? mutatedNames(item.mutate ?? ["all"], names, complain) : [];
  if (mode === "default" && item.mutate !== undefined) complain("mutate", 'expected none in mode "default"');
  if (mode === "mutation" && item.hyperparameters !== undefined) {
    complain("hyperparameters", 'expected none in mode "mutation"; fixed values belong to mode "default"');
  }
  problems.push(...parameterProblems(repo, config, origin.configFile));
  const overrides = mode === "default" ? overriddenValues(item, config, complain) : {};
  if (problems.length > 0) return { problems };
  const runs = forcedRuns ?? item.runs_per_config ?? settings.runs;
  return { experiment: { repository: repo, config, model, mode, mutate, overrides, runs } };
}

/** What the mutator does not mind, and a command line does. */
function parameterProblems(repository: string, config: RepositoryConfig, file: string): readonly Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const [name, { flag, type, ...parameter }] of Object.entries(config.supported_hyperparams)) {
    const complain = (field: string, message: string): void => {
      problems.push({ file, path: pathText(["models", repository, "supported_hyperparams", name, field]), message });
    };
    const owner = flag === undefined ? undefined : owners.get(flag);
    if (flag === undefined) complain("flag", "expected the command-line flag, found nothing");
    else if (owner === undefined) owners.set(flag, name);
    else complain("flag", `expected a flag of its own, found ${flag}, which is the flag of ${owner}`);
    if (isSeed(name, { type, ...parameter }) && type !== "int") {
      complain("type", `expected int for a seed, found "${type}"`);
    }
  }
  return problems;
}

/** Not what every object inherits: a repository may be asked for as `constructor`. */
function ownValue<Item>(values: Readonly<Record<string, Item>>, name: string): Item | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

type Complain = (key: string, message: string) => void;

function mutatedNames(mutate: string | readonly string[], names: readonly string[], complain: Complain): string[] {
  const wanted = (typeof mutate === "string" ? mutate.split(",") : mutate).map((name) => name.trim());
  if (wanted.includes("all")) return [...names];
  for (const name of wanted) {
    if (!names.includes(name)) complain("mutate", `unknown hyperparameter "${name}"${suggestion(name, names)}`);
  }
  return names.filter((name) => wanted.includes(name));
}

function overriddenValues(
  item: Pick<ExperimentItem, "hyperparameters">,
  config: RepositoryConfig,
  complain: Complain,
): Record<string, Value | null> {
  const values: Record<string, Value | null> = {};
  for (const [name, value] of Object.entries(item.hyperparameters ?? {})) {
    const parameter = ownValue(config.supported_hyperparams, name);
    if (!parameter) {
      const valid = Object.keys(config.supported_hyperparams);
      complain(`hyperparameters.${name}`, `unknown hyperparameter "${name}"${suggestion(name, valid)}`);
      continue;
    }
    try {
      values[name] = value === null ? null : canonicalValue(parameter, value);
    } catch (error) {
      complain(`hyperparameters.${name}`, error instanceof Error ? error.message : String(error));
    }
  }
  return values;
}
