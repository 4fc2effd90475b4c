import type { Plan, PlanExperiment, PlanRow } from "@ea/records";
import { type PlannedBackground, rowName } from "@ea/records";
import { planBackground } from "./background-plan.ts";
import { type PlannedExperiment, type PlannedRun, planExperiment } from "./configurations.ts";
import { hashText } from "./hash.ts";
import type { EarlierTraining } from "./history.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import type { Settings } from "./settings.ts";
import { shuffle } from "./shuffle.ts";
import { trainingArguments } from "./training-arguments.ts";

/** What a plan is made from. */
export interface PlanRequest {
  readonly experiments: readonly RequestedExperiment[];
  readonly settings: Settings;
  /** The seed as its canonical string. */
  readonly seed: string;
  readonly toolVersion: string;
  /** Trainings of before; none by default. */
  readonly history?: readonly EarlierTraining[] | undefined;
  /** Name of the session, part of every experiment id. */
  readonly session: string;
  /** What the experiment file says about itself. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

interface Unordered extends PlannedRun {
  readonly experiment: number;
}

/** The complete plan: every row in its order, before anything runs. Pure: the same request gives the same plan. */
export function makePlan(request: PlanRequest): Plan {
  const { experiments, settings, seed, history = [] } = request;
  const backgrounds = experiments.map(({ background }) => background && planBackground(background, seed));
  const planned = experiments.map((experiment, index) => {
    // What a configuration costs depends on what runs beside it: another load, another experiment
    const comparable = history.filter(({ background }) => background?.key === backgrounds[index]?.key);
    return planExperiment(experiment, { ...settings, seed, history: comparable });
  });
  const runs = planned.flatMap((experiment, index) =>
    experiment.runs.map((run): Unordered => ({ ...run, experiment: index })),
  );
  const rows = ordered(withoutSameBaselines(runs, experiments, backgrounds), settings.order, seed).map((run, row) =>
    toRow(run, row, request, backgrounds),
  );
  return {
    toolVersion: request.toolVersion,
    session: request.session,
    seed,
    warnings: [
      ...planned.flatMap(({ warnings, notices }) => [...warnings, ...notices]),
      ...countNotices(request.metadata, rows.length),
    ],
    experiments: experiments.map((experiment, index) =>
      beside(backgrounds[index], describe(experiment, settings.strategy, planned[index])),
    ),
    rows,
    metadata: request.metadata,
    policies: {
      order: settings.order,
      baseline: settings.baseline,
      warm_up: settings.warmUp,
      objectives: settings.objectives.map(({ name, direction }) => `${name}:${direction}`).join(","),
      history: settings.history.join(","),
      historical_csvs: settings.historicalTables.join(","),
      repetitions: settings.repetitions,
      max_retries: settings.maxRetries,
      retry_timeouts: settings.retryTimeouts,
      timeout_seconds: settings.timeoutSeconds,
      stall_seconds: settings.stallSeconds,
      cool_down: settings.sleep ? settings.coolDown : null,
      retry_sleep_seconds: settings.sleep ? settings.retrySleepSeconds : 0,
      run_sleep_seconds: settings.sleep ? settings.runSleepSeconds : 0,
      config_sleep_seconds: settings.sleep ? settings.configSleepSeconds : 0,
      gate: settings.gate,
      governor: settings.governor ?? null,
      keep_failed: settings.keepFailed,
      fail_fast: settings.failFast,
      max_fast_failures: settings.maxFastFailures,
      max_joules: settings.maxJoules ?? null,
      max_hours: settings.maxHours ?? null,
    },
  };
}

/** Of 48 planned runs of the original 41 were not executed, and nobody saw it. */
function countNotices(metadata: PlanRequest["metadata"], planned: number): readonly string[] {
  const { estimated_experiments: estimated } = metadata ?? {};
  if (estimated === undefined || estimated === planned) return [];
  return [`Note: the file's estimated_experiments is ${JSON.stringify(estimated)}, and ${planned} runs are planned`];
}

/** The same plan under another session name: the first one may turn out to be taken. */
export function renamePlan(plan: Plan, session: string): Plan {
  if (session === plan.session) return plan;
  return { ...plan, session, rows: plan.rows.map((row) => ({ ...row, experimentId: experimentId(session, row) })) };
}

/** Experiments of one model have one baseline: a block holds it once. */
function withoutSameBaselines(
  runs: readonly Unordered[],
  experiments: PlanRequest["experiments"],
  backgrounds: readonly (PlannedBackground | undefined)[],
): readonly Unordered[] {
  const seen = new Set<string>();
  return runs.filter(({ isBaseline, experiment, key, repetition }) => {
    if (!isBaseline) return true;
    const { repository, model } = experiments[experiment] ?? {};
    const identity = JSON.stringify([repository, model, key, repetition, backgrounds[experiment]?.key]);
    return !seen.has(identity) && seen.add(identity);
  });
}

/** Blocks hold each configuration once, shuffled by the seed, so that no parameter stands for a time of day. */
function ordered(runs: readonly Unordered[], order: Settings["order"], seed: string): readonly Unordered[] {
  if (order === "config") return runs;
  const blocks = new Map<number, Unordered[]>();
  for (const run of runs) {
    const members = blocks.get(run.repetition);
    if (members) members.push(run);
    else blocks.set(run.repetition, [run]);
  }
  return [...blocks]
    .sort(([a], [b]) => a - b)
    .flatMap(([block, members]) => shuffle(members, `${seed}:order:${block}`));
}

/** Mode `parallel` is that of an experiment with a background; how its foreground is trained stands beside it. */
function beside(background: PlannedBackground | undefined, experiment: PlanExperiment): PlanExperiment {
  if (!background) return experiment;
  const foregroundMode = experiment.mode === "default" ? "default" : "mutation";
  return { ...experiment, mode: "parallel", foregroundMode, background };
}

function toRow(
  run: Unordered,
  row: number,
  { experiments, session }: PlanRequest,
  backgrounds: readonly (PlannedBackground | undefined)[],
): PlanRow {
  const experiment = experiments[run.experiment];
  if (!experiment) throw new RangeError(`no experiment ${run.experiment}`);
  const { repository, model, mode, config } = experiment;
  const named = { row, repository, model, key: run.key };
  const background = backgrounds[run.experiment];
  const planned: PlanRow = {
    row,
    experiment: run.experiment,
    experimentId: experimentId(session, named),
    repository,
    model,
    mode: background ? "parallel" : run.isBaseline ? "default" : mode,
    hyperparameters: run.hyperparameters,
    mutated: run.mutated,
    key: run.key,
    probability: run.probability,
    repetition: run.repetition,
    block: run.repetition,
    argv: trainingArguments(config, model, run.hyperparameters, run.passed),
  };
  return background ? { ...planned, background } : planned;
}

function experimentId(session: string, row: Pick<PlanRow, "row" | "repository" | "model" | "key">): string {
  return `${session}_${rowDirectoryName(row)}`;
}

/** Name of a row's directory below the session's. */
export function rowDirectoryName(row: Pick<PlanRow, "row" | "repository" | "model" | "key">): string {
  return rowName({ ...row, keyHash: hashText(row.key) });
}

function describe(
  experiment: RequestedExperiment,
  strategy: Settings["strategy"],
  planned: PlannedExperiment | undefined,
): PlanExperiment {
  return {
    repository: experiment.repository,
    model: experiment.model,
    mode: experiment.mode,
    strategy,
    mutate: experiment.mutate,
    space: {
      size: planned?.size?.toString() ?? null,
      parameters: planned?.space.parameters ?? {},
      constraints: planned?.space.constraints ?? [],
    },
  };
}
