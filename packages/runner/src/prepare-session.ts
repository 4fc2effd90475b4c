import { MutatorError } from "@ea/mutator";
import { EnergyMetricsJson, type Plan, sessionName } from "@ea/records";
import { type Basis, basisOf } from "./basis.ts";
import { type Problem, RunnerError } from "./errors.ts";
import { type ExperimentFile, metadataOf } from "./experiment-file.ts";
import type { ExperimentItem } from "./experiment-item.ts";
import { makePlan, type PlanRequest } from "./make-plan.ts";
import { suggestion } from "./nearest.ts";
import { type StoredRequest, storedRequest } from "./plan-request.ts";
import { readHistory } from "./read-history.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import { refuseProblems, resolveSession } from "./resolve-session.ts";
import { resolveSettings, type Settings, type SettingsOverrides } from "./settings.ts";
import type { TrainingScript } from "./training-script.ts";

/** What is asked for: an experiment file, or one experiment by name. */
export interface SessionRequest {
  /** Directory that relative paths start from. */
  readonly project: string;
  /** Path of `models_config.json`. */
  readonly configFile: string;
  readonly experimentFile?: string | undefined;
  readonly experiment?: ExperimentItem | undefined;
  readonly overrides: SettingsOverrides;
  /** `EA_…` variables of the caller that were read, by name: kept in the plan. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Variables of the caller: where environments of trainings are looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
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
  /** What has to be asked again to continue it. */
  readonly request: StoredRequest;
  /** What must not change until it is continued. */
  readonly basis: Basis;
}

/**
 * Reads and checks everything and makes the plan; starts nothing.
 *
 * @throws {RunnerError} `CONFIG` with every problem found; `TOO_FEW_MUTATIONS` when strict.
 */
export async function prepareSession(request: SessionRequest): Promise<PreparedSession> {
  const { project, experimentFile, overrides } = request;
  const asked = { ...request, runs: overrides.runs };
  const resolved = await resolveSession(asked, (file) => resolveSettings(overrides, file));
  const { settings, experiments, scripts, file, items } = resolved;
  const found = await readHistory(settings, project, experimentFile);
  const objectives = objectiveProblems(settings, experiments, experimentFile);
  refuseProblems([...resolved.problems, ...found.problems, ...objectives]);

  const plan = planned({
    experiments,
    settings,
    seed: String(settings.seed ?? request.drawSeed()),
    history: found.runs,
    toolVersion: request.toolVersion,
    session: sessionName(nameOf(file, items), request.now),
    metadata: metadataOf(file),
  });
  refuseShortfalls(plan.warnings, settings.strict);
  return {
    plan,
    settings,
    experiments,
    scripts,
    request: storedRequest(asked, settings, plan.seed),
    basis: await basisOf(experiments, scripts),
  };
}

/** @throws {RunnerError} `TOO_FEW_MUTATIONS` when there are fewer configurations than asked for, and that is an error. */
export function refuseShortfalls(warnings: readonly string[], isStrict = false): void {
  const shortfalls = warnings.filter((warning) => warning.startsWith("Warning: "));
  if (!isStrict || shortfalls.length === 0) return;
  throw new RunnerError("TOO_FEW_MUTATIONS", shortfalls.join("\n").replaceAll("Warning: ", ""));
}

/** The plan; what cannot be drawn as it was asked for is a fault of the request. */
export function planned(request: PlanRequest): Plan {
  try {
    return makePlan(request);
  } catch (error) {
    if (!(error instanceof MutatorError)) throw error;
    throw new RunnerError("CONFIG", error.message, { cause: error });
  }
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

function nameOf(file: ExperimentFile | undefined, items: readonly ExperimentItem[]): string {
  const [first] = items;
  const { repo, model } = first?.foreground ?? first ?? {};
  return file?.experiment_name ?? (repo && model ? `${repo}_${model}` : "session");
}
