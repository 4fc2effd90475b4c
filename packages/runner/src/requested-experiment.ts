import { canonicalValue, isSeed, type Value } from "@ea/mutator";
import type { PlannedBackground } from "@ea/records";
import { changeSpace } from "./changed-space.ts";
import { pathText } from "./config-problems.ts";
import { BACKGROUND_HEAD_START_SECONDS } from "./defaults.ts";
import type { Problem } from "./errors.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import type { ExperimentItem } from "./experiment-item.ts";
import type { ModelsConfig, RepositoryConfig } from "./models-config.ts";
import { suggestion } from "./nearest.ts";
import type { Settings } from "./settings.ts";

/** An experiment whose names all exist. */
export interface RequestedExperiment {
  readonly repository: string;
  readonly config: RepositoryConfig;
  readonly model: string;
  /** How it is trained; of mode `parallel`, the foreground. */
  readonly mode: "mutation" | "default";
  /** Names of the parameters to mutate, in the order of the config; empty in mode `default`. */
  readonly mutate: readonly string[];
  /** Values that replace defaults, in mode `default`; `null` is not passed. */
  readonly overrides: Readonly<Record<string, Value | null>>;
  /** Distinct configurations, or repetitions of the baseline. */
  readonly runs: number;
  /** What runs beside it, in mode `parallel`. */
  readonly background?: RequestedBackground | undefined;
}

/** A load to be run beside an experiment: the baseline of a model, or that with some values replaced. */
export interface RequestedBackground extends Pick<PlannedBackground, "workingCopy" | "headStartSeconds"> {
  readonly experiment: Omit<RequestedExperiment, "background">;
}

/** Where an experiment was asked for: a file, or the command line when `file` is `undefined`. */
export interface RequestOrigin {
  readonly file: string | undefined;
  readonly configFile: string;
}

/** What resolving an experiment needs. */
export interface RequestContext {
  readonly models: ModelsConfig["models"];
  readonly file: Pick<ExperimentFile, "mode">;
  readonly settings: Settings;
  /** The caller's number of runs, which beats the file's. */
  readonly forcedRuns: number | undefined;
  readonly origin: RequestOrigin;
}

type Requested = { readonly experiment: RequestedExperiment } | { readonly problems: readonly Problem[] };

/** Keys that belong to the foreground where there is one. */
const FOREGROUND_KEYS = ["mutate", "hyperparameters", "space"] as const;
/** Keys of the foreground that files of the original repeat beside it. */
const REPEATED_KEYS = ["repo", "model"] as const;

/** Resolves the names of an experiment, or says what is wrong with them. */
export function requestExperiment(item: ExperimentItem, index: number, context: RequestContext): Requested {
  const path = ["experiments", index];
  const mode = item.mode ?? context.file.mode ?? "mutation";
  if (mode === "parallel") return requestParallel(item, path, context);
  const problems = (["foreground", "background"] as const)
    .filter((key) => item[key] !== undefined)
    .map((key) => problemAt(context.origin, path, key, `expected none in mode "${mode}", only in mode "parallel"`));
  return joined(requestTraining({ ...item, mode }, path, context), problems);
}

function requestParallel(item: ExperimentItem, path: readonly PropertyKey[], context: RequestContext): Requested {
  const complain = (key: string, message: string): Problem => problemAt(context.origin, path, key, message);
  const problems = FOREGROUND_KEYS.filter((key) => item[key] !== undefined).map((key) =>
    complain(key, 'expected none in mode "parallel"; it belongs to "foreground"'),
  );
  const { foreground, background } = item;
  if (!foreground) problems.push(complain("foreground", "expected what is measured (repo, model, …), found nothing"));
  if (!background)
    problems.push(complain("background", "expected what runs beside it (repo, model, …), found nothing"));
  if (!foreground || !background) return { problems };
  for (const key of REPEATED_KEYS) {
    const [own = foreground[key], wanted = own] = [item[key], foreground[key]];
    if (own !== wanted) problems.push(complain(key, `expected the foreground's, "${wanted}", found "${own}"`));
  }
  const { working_copy = "auto", head_start_seconds = BACKGROUND_HEAD_START_SECONDS, ...load } = background;
  const beside = requestTraining({ ...load, mode: "default" }, [...path, "background"], context);
  const measured = requestTraining(
    {
      runs_per_config: item.runs_per_config,
      repo: item.repo,
      model: item.model,
      ...foreground,
      mode: foreground.mode ?? "mutation",
    },
    [...path, "foreground"],
    context,
  );
  if ("problems" in beside) return joined(measured, [...problems, ...beside.problems]);
  if ("problems" in measured) return joined(measured, problems);
  const requested = {
    experiment: { ...beside.experiment, runs: 1 },
    workingCopy: working_copy,
    headStartSeconds: head_start_seconds,
  };
  return joined({ experiment: { ...measured.experiment, background: requested } }, problems);
}

/** The result, unless there are more problems than those of its own. */
function joined(result: Requested, problems: readonly Problem[]): Requested {
  const all = [...problems, ...("problems" in result ? result.problems : [])];
  return all.length > 0 ? { problems: all } : result;
}

function problemAt({ file }: RequestOrigin, path: readonly PropertyKey[], key: string, message: string): Problem {
  return { file, path: file === undefined ? `--${key}` : pathText([...path, key]), message };
}

/** Resolves one training: an experiment by itself, or one of the two of mode `parallel`. */
function requestTraining(
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
