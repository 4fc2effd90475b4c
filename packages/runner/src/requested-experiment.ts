import type { Value } from "@ea/mutator";
import type { PlannedBackground } from "@ea/records";
import { BACKGROUND_HEAD_START_SECONDS } from "./defaults.ts";
import type { Problem } from "./errors.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import type { ExperimentItem } from "./experiment-item.ts";
import type { ModelsConfig, RepositoryConfig } from "./models-config.ts";
import { problemAt, requestTraining } from "./requested-training.ts";
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

/** An experiment whose names all exist, or what is wrong with it. */
export type Requested = { readonly experiment: RequestedExperiment } | { readonly problems: readonly Problem[] };

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
