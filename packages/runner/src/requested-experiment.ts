import { canonicalValue, isSeed, type Value } from "@ea/mutator";
import { changeSpace } from "./changed-space.ts";
import { pathText } from "./config-problems.ts";
import type { Problem } from "./errors.ts";
import type { ExperimentFile, ExperimentItem } from "./experiment-file.ts";
import type { ModelsConfig, RepositoryConfig } from "./models-config.ts";
import { suggestion } from "./nearest.ts";
import type { Settings } from "./settings.ts";

/** An experiment whose names all exist. */
export interface RequestedExperiment {
  readonly repository: string;
  readonly config: RepositoryConfig;
  readonly model: string;
  readonly mode: "mutation" | "default";
  /** Names of the parameters to mutate, in the order of the config; empty in mode `default`. */
  readonly mutate: readonly string[];
  /** Values that replace defaults, in mode `default`; `null` is not passed. */
  readonly overrides: Readonly<Record<string, Value | null>>;
  /** Distinct configurations, or repetitions of the baseline. */
  readonly runs: number;
}

/** Where an experiment was asked for: a file, or the command line when `file` is `undefined`. */
export interface RequestOrigin {
  readonly file: string | undefined;
  readonly configFile: string;
}

/** Resolves the names of an experiment, or says what is wrong with them. */
export function requestExperiment(
  item: ExperimentItem,
  index: number,
  context: {
    readonly models: ModelsConfig["models"];
    readonly file: Pick<ExperimentFile, "mode">;
    readonly settings: Settings;
    /** The caller's number of runs, which beats the file's. */
    readonly forcedRuns: number | undefined;
    readonly origin: RequestOrigin;
  },
): { readonly experiment: RequestedExperiment } | { readonly problems: readonly Problem[] } {
  const { models, origin } = context;
  const problems: Problem[] = [];
  const complain = (key: string, message: string): void => {
    const path = origin.file === undefined ? `--${key}` : pathText(["experiments", index, key]);
    problems.push({ file: origin.file, path, message });
  };
  const standing = ownValue(models, item.repo);
  if (!standing) {
    complain("repo", `unknown repository "${item.repo}"${suggestion(item.repo, Object.keys(models))}`);
    return { problems };
  }
  const changed = changeSpace(standing, item.space ?? {});
  for (const { path, message } of "problems" in changed ? changed.problems : []) {
    complain(path === "" ? "space" : `space.${path}`, message);
  }
  const config = "config" in changed ? changed.config : standing;
  if (!config.models.includes(item.model)) {
    complain("model", `unknown model "${item.model}" of ${item.repo}${suggestion(item.model, config.models)}`);
  }
  const mode = item.mode ?? context.file.mode ?? "mutation";
  const names = Object.keys(config.supported_hyperparams);
  const mutate = mode === "mutation" ? mutatedNames(item.mutate ?? ["all"], names, complain) : [];
  if (mode === "default" && item.mutate !== undefined) complain("mutate", 'expected none in mode "default"');
  if (mode === "mutation" && item.hyperparameters !== undefined) {
    complain("hyperparameters", 'expected none in mode "mutation"; fixed values belong to mode "default"');
  }
  problems.push(...parameterProblems(item.repo, config, origin.configFile));
  const overrides = mode === "default" ? overriddenValues(item, config, complain) : {};
  if (problems.length > 0) return { problems };
  const runs = context.forcedRuns ?? item.runs_per_config ?? context.settings.runs;
  return { experiment: { repository: item.repo, config, model: item.model, mode, mutate, overrides, runs } };
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
  item: ExperimentItem,
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
