import { canonicalValue, isSeed, type Value } from "@ea/mutator";
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
  const config = ownValue(models, item.repo);
  if (!config) {
    complain("repo", `unknown repository "${item.repo}"${suggestion(item.repo, Object.keys(models))}`);
    return { problems };
  }
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
  for (const [name, parameter] of Object.entries(config.supported_hyperparams)) {
    const at = (field: string): Pick<Problem, "file" | "path"> => ({
      file: origin.configFile,
      path: pathText(["models", item.repo, "supported_hyperparams", name, field]),
    });
    if (parameter.flag === undefined) {
      problems.push({ ...at("flag"), message: "expected the command-line flag, found nothing" });
    }
    if (isSeed(name, parameter) && parameter.type !== "int") {
      problems.push({ ...at("type"), message: `expected int for a seed, found "${parameter.type}"` });
    }
  }
  const overrides = mode === "default" ? overriddenValues(item, config, complain) : {};
  if (problems.length > 0) return { problems };
  const runs = context.forcedRuns ?? item.runs_per_config ?? context.settings.runs;
  return { experiment: { repository: item.repo, config, model: item.model, mode, mutate, overrides, runs } };
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
