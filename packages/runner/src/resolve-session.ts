import { configError, type Problem } from "./errors.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { type ExperimentItem, isHeading } from "./experiment-item.ts";
import { loadExperimentFile, loadModelsConfig } from "./load-config.ts";
import { patternProblems } from "./pattern-problems.ts";
import { type RequestedExperiment, requestExperiment } from "./requested-experiment.ts";
import type { Settings } from "./settings.ts";
import { findTrainingScript, type TrainingScript } from "./training-script.ts";

/** Which experiments are asked for, and where their descriptions are. */
export interface ExperimentsRequest {
  /** Directory that relative paths start from. */
  readonly project: string;
  /** Path of `models_config.json`. */
  readonly configFile: string;
  readonly experimentFile?: string | undefined;
  readonly experiment?: ExperimentItem | undefined;
  /** The caller's number of runs, which beats the file's. */
  readonly runs?: number | undefined;
  /** `EA_…` variables of the caller that were read, by name: kept in the plan. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Variables of the caller: where environments of trainings are looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Experiments whose names, parameters, patterns and scripts all exist, as far as there are no problems. */
export interface ResolvedSession {
  readonly file: ExperimentFile | undefined;
  readonly items: readonly ExperimentItem[];
  readonly settings: Settings;
  readonly experiments: readonly RequestedExperiment[];
  /** The training script of each repository. */
  readonly scripts: ReadonlyMap<string, TrainingScript>;
  readonly problems: readonly Problem[];
}

/**
 * Reads the configuration and resolves everything that is asked for.
 *
 * @throws {RunnerError} `CONFIG` for a file that cannot be read or is none of ours.
 */
export async function resolveSession(
  request: ExperimentsRequest,
  settingsOf: (file: ExperimentFile | undefined) => Settings,
): Promise<ResolvedSession> {
  const { project, configFile, experimentFile, environment } = request;
  const { models } = await loadModelsConfig(configFile, project);
  const file = experimentFile === undefined ? undefined : await loadExperimentFile(experimentFile, project);
  const settings = settingsOf(file);
  const listed = file?.experiments ?? (request.experiment ? [request.experiment] : []);

  const problems: Problem[] = [];
  const experiments: RequestedExperiment[] = [];
  for (const [index, item] of listed.entries()) {
    if (isHeading(item)) continue;
    const result = requestExperiment(item, index, {
      models,
      file: { mode: file?.mode },
      settings,
      forcedRuns: request.runs,
      origin: { file: experimentFile, configFile },
    });
    if ("experiment" in result) experiments.push(result.experiment);
    else problems.push(...result.problems);
  }

  const scripts = new Map<string, TrainingScript>();
  const trainings = experiments.flatMap((each) => [each, ...(each.background ? [each.background.experiment] : [])]);
  for (const { repository, config } of new Map(trainings.map((each) => [each.repository, each])).values()) {
    problems.push(...(await patternProblems(repository, config, configFile)));
    const result = await findTrainingScript(repository, config, { project, configFile, environment });
    if ("script" in result) scripts.set(repository, result.script);
    else problems.push(...result.problems);
  }
  return { file, items: listed.filter((item) => !isHeading(item)), settings, experiments, scripts, problems };
}

/** @throws {RunnerError} `CONFIG` when there is a problem; experiments of one repository share theirs. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw configError([...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]);
}
