import { resolve } from "node:path";
import { checkMetric, checkPythonRegex } from "@ea/metrics-parser";
import { MutatorError } from "@ea/mutator";
import { EnergyMetricsJson, type Plan, type RecordJson, readRecords, sessionName } from "@ea/records";
import { pathText } from "./config-problems.ts";
import { configError, type Problem, RunnerError } from "./errors.ts";
import type { ExperimentFile, ExperimentItem } from "./experiment-file.ts";
import { fatalSource } from "./failure-patterns.ts";
import { isDirectory, loadExperimentFile, loadModelsConfig } from "./load-config.ts";
import { makePlan, type PlanRequest } from "./make-plan.ts";
import { suggestion } from "./nearest.ts";
import { type RequestedExperiment, requestExperiment } from "./requested-experiment.ts";
import { resolveSettings, type Settings, type SettingsOverrides } from "./settings.ts";
import { findTrainingScript, type TrainingScript } from "./training-script.ts";

/** What is asked for: an experiment file, or one experiment by name. */
export interface SessionRequest {
  /** Directory that relative paths start from. */
  readonly project: string;
  /** Path of `models_config.json`. */
  readonly configFile: string;
  readonly experimentFile?: string | undefined;
  readonly experiment?: ExperimentItem | undefined;
  readonly overrides: SettingsOverrides;
  /** Whether fewer configurations than asked for are an error. */
  readonly isStrict?: boolean | undefined;
  readonly toolVersion: string;
  /** Called for a seed when none is given. */
  readonly drawSeed: () => string;
  readonly now: Date;
}

/** A session that could start now: everything that can be checked has been. */
export interface PreparedSession {
  readonly plan: Plan;
  readonly settings: Settings;
  readonly experiments: readonly RequestedExperiment[];
  /** The training script of each repository. */
  readonly scripts: ReadonlyMap<string, TrainingScript>;
}

/**
 * Reads and checks everything and makes the plan; starts nothing.
 *
 * @throws {RunnerError} `CONFIG` with every problem found; `TOO_FEW_MUTATIONS` when strict.
 */
export async function prepareSession(request: SessionRequest): Promise<PreparedSession> {
  const { project, configFile, experimentFile } = request;
  const { models } = await loadModelsConfig(configFile, project);
  const file = experimentFile === undefined ? undefined : await loadExperimentFile(experimentFile, project);
  const settings = resolveSettings(request.overrides, file);
  const items = file?.experiments ?? (request.experiment ? [request.experiment] : []);

  const problems: Problem[] = [];
  const experiments: RequestedExperiment[] = [];
  items.forEach((item, index) => {
    const result = requestExperiment(item, index, {
      models,
      file: { mode: file?.mode },
      settings,
      forcedRuns: request.overrides.runs,
      origin: { file: experimentFile, configFile },
    });
    if ("experiment" in result) experiments.push(result.experiment);
    else problems.push(...result.problems);
  });

  const scripts = new Map<string, TrainingScript>();
  for (const { repository, config } of new Map(experiments.map((each) => [each.repository, each])).values()) {
    problems.push(...(await patternProblems(repository, config, configFile)));
    const result = await findTrainingScript(repository, config, { project, configFile });
    if ("script" in result) scripts.set(repository, result.script);
    else problems.push(...result.problems);
  }
  const found = await readHistory(settings.history, project, experimentFile);
  problems.push(...found.problems, ...objectiveProblems(settings, experiments, experimentFile));
  if (problems.length > 0) throw configError(distinct(problems));

  const plan = planned({
    experiments,
    settings,
    seed: String(settings.seed ?? request.drawSeed()),
    history: found.records,
    toolVersion: request.toolVersion,
    session: sessionName(nameOf(file, items), request.now),
  });
  const shortfalls = plan.warnings.filter((warning) => warning.startsWith("Warning: "));
  if (request.isStrict && shortfalls.length > 0) {
    throw new RunnerError("TOO_FEW_MUTATIONS", shortfalls.join("\n").replaceAll("Warning: ", ""));
  }
  return { plan, settings, experiments, scripts };
}

/** The plan; what cannot be drawn as it was asked for is a fault of the request. */
function planned(request: PlanRequest): Plan {
  try {
    return makePlan(request);
  } catch (error) {
    if (!(error instanceof MutatorError)) throw error;
    throw new RunnerError("CONFIG", error.message, { cause: error });
  }
}

async function readHistory(
  directories: readonly string[],
  project: string,
  file: string | undefined,
): Promise<{ readonly records: readonly RecordJson[]; readonly problems: readonly Problem[] }> {
  const records: RecordJson[] = [];
  const problems: Problem[] = [];
  const path = file === undefined ? "--history" : "history";
  for (const directory of directories) {
    const where = resolve(project, directory);
    const found = (await isDirectory(where)) ? await readRecords(where) : [];
    records.push(...found);
    if (found.length === 0)
      problems.push({ file, path, message: `expected a session's directory with records, found "${directory}"` });
  }
  return { records, problems };
}

function objectiveProblems(
  { strategy, objectives }: Settings,
  experiments: readonly RequestedExperiment[],
  file: string | undefined,
): readonly Problem[] {
  const path = file === undefined ? "--objectives" : "objectives";
  if (strategy === "evolve" && objectives.length === 0) {
    return [
      { file, path, message: "expected what strategy evolve makes better, such as accuracy:maximize, found nothing" },
    ];
  }
  const metrics = experiments.flatMap(({ config }) => Object.keys(config.performance_metrics.log_patterns));
  const known = [...new Set(metrics), ...Object.keys(EnergyMetricsJson.shape), "duration_seconds"];
  return objectives
    .filter(({ name }) => !known.includes(name))
    .map(({ name }) => ({ file, path, message: `unknown metric "${name}"${suggestion(name, known)}` }));
}

/** Experiments of one repository share its problems. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

async function patternProblems(
  repository: string,
  { performance_metrics, fatal_patterns = [] }: RequestedExperiment["config"],
  file: string,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const check = async (path: readonly PropertyKey[], pattern: Promise<void>): Promise<void> => {
    await pattern.catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ file, path: pathText(["models", repository, ...path]), message });
    });
  };
  for (const [name, pattern] of Object.entries(performance_metrics.log_patterns)) {
    await check(["performance_metrics", "log_patterns", name], checkMetric(name, pattern));
  }
  for (const [index, source] of fatal_patterns.entries()) {
    await check(["fatal_patterns", index], checkPythonRegex(fatalSource(source)));
  }
  return problems;
}

function nameOf(file: ExperimentFile | undefined, items: readonly ExperimentItem[]): string {
  const [first] = items;
  return file?.experiment_name ?? (first ? `${first.repo}_${first.model}` : "session");
}
