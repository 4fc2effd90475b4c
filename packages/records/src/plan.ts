import { z } from "zod";
import { ParameterValue } from "./parameter-value.ts";
import {
  type PlannedBackground,
  PlannedBackgroundJson,
  plannedBackgroundFromJson,
  plannedBackgroundToJson,
} from "./planned-background.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

/** What a row is: mutated, at its defaults or fixed values, or one of these beside a background load. */
export const MODES = ["mutation", "default", "parallel"] as const;

/** A line of `rows.jsonl`. Fields beside these are kept. */
export const PlanRowJson = z.looseObject({
  row: z.int().nonnegative(),
  experiment: z.int().nonnegative(),
  experiment_id: z.string(),
  repository: z.string(),
  model: z.string(),
  mode: z.enum(MODES),
  hyperparameters: z.record(z.string(), ParameterValue),
  mutated: z.array(z.string()),
  key: z.string(),
  probability: z.number().nullable(),
  repetition: z.int().nonnegative(),
  block: z.int().nonnegative(),
  argv: z.array(z.string()),
  /** The load beside it; only in mode `parallel`. */
  background: PlannedBackgroundJson.optional(),
});
/** A line of `rows.jsonl`. */
export type PlanRowJson = z.infer<typeof PlanRowJson>;

/** One training to be run: a configuration, a model and a repetition. */
export interface PlanRow {
  /** 0-based position in the plan. */
  readonly row: number;
  /** 0-based position of its experiment. */
  readonly experiment: number;
  readonly experimentId: string;
  readonly repository: string;
  readonly model: string;
  readonly mode: (typeof MODES)[number];
  /** The full resolved vector. */
  readonly hyperparameters: Readonly<Record<string, ParameterValue>>;
  /** Names of the parameters that do not simply stand at their default. */
  readonly mutated: readonly string[];
  /** Canonical string of the configuration; equal key, same configuration. */
  readonly key: string;
  /** Probability of the configuration in its space; `undefined` when it was not drawn. */
  readonly probability: number | undefined;
  readonly repetition: number;
  readonly block: number;
  /** The training script and its arguments. */
  readonly argv: readonly string[];
  /** The load beside it, in mode `parallel`. */
  readonly background?: PlannedBackground | undefined;
}

/** The on-disk form of a row. */
export function planRowToJson(row: PlanRow): PlanRowJson {
  const { experimentId, probability, mutated, argv, hyperparameters, ...rest } = row;
  return {
    row: rest.row,
    experiment: rest.experiment,
    experiment_id: experimentId,
    repository: rest.repository,
    model: rest.model,
    mode: rest.mode,
    hyperparameters: { ...hyperparameters },
    mutated: [...mutated],
    key: rest.key,
    probability: probability ?? null,
    repetition: rest.repetition,
    block: rest.block,
    argv: [...argv],
    ...(row.background && { background: plannedBackgroundToJson(row.background) }),
  };
}

/** A row as it stood on disk. */
export function planRowFromJson(json: PlanRowJson): PlanRow {
  return {
    row: json.row,
    experiment: json.experiment,
    experimentId: json.experiment_id,
    repository: json.repository,
    model: json.model,
    mode: json.mode,
    hyperparameters: json.hyperparameters,
    mutated: json.mutated,
    key: json.key,
    probability: json.probability ?? undefined,
    repetition: json.repetition,
    block: json.block,
    argv: json.argv,
    ...(json.background && { background: plannedBackgroundFromJson(json.background) }),
  };
}

const PlanExperimentJson = z.looseObject({
  repository: z.string(),
  model: z.string(),
  mode: z.enum(MODES),
  strategy: z.string(),
  mutate: z.array(z.string()),
  space: z.looseObject({
    size: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()),
    constraints: z.array(z.string()),
  }),
  /** How the foreground is trained, and the load beside it; only in mode `parallel`. */
  foreground_mode: z.enum(["mutation", "default"]).optional(),
  background: PlannedBackgroundJson.optional(),
});

const facts = z.record(z.string(), z.unknown()).nullable();

/** `plan.json`: everything but the rows. Fields beside these are kept. */
export const PlanJson = z.looseObject({
  schema_version: z.literal(SCHEMA_VERSION),
  tool_version: z.string(),
  session: z.string(),
  seed: z.string(),
  warnings: z.array(z.string()),
  experiments: z.array(PlanExperimentJson),
  policies: z.record(z.string(), ParameterValue),
  planned: z.int().nonnegative(),
  request: facts.default(null),
  basis: facts.default(null),
  metadata: facts.default(null),
});
/** The content of a `plan.json`. */
export type PlanJson = z.infer<typeof PlanJson>;

/** What one experiment of a plan asks for. */
export interface PlanExperiment {
  readonly repository: string;
  readonly model: string;
  readonly mode: (typeof MODES)[number];
  /** How the configurations were chosen. */
  readonly strategy: string;
  /** Names of the mutated parameters. */
  readonly mutate: readonly string[];
  /** What was drawn from; the size is exact, and `null` without a space or where constraints make it too long to count. */
  readonly space: {
    readonly size: string | null;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly constraints: readonly string[];
  };
  /** How the foreground is trained; only in mode `parallel`. */
  readonly foregroundMode?: "mutation" | "default" | undefined;
  /** The load beside it, in mode `parallel`. */
  readonly background?: PlannedBackground | undefined;
}

/** Everything that is fixed before the first training starts. */
export interface Plan {
  readonly toolVersion: string;
  readonly session: string;
  /** The seed as its canonical string. */
  readonly seed: string;
  readonly warnings: readonly string[];
  readonly experiments: readonly PlanExperiment[];
  readonly rows: readonly PlanRow[];
  /** Settings that hold for the whole session, such as time limits. */
  readonly policies: Readonly<Record<string, number | string | boolean | null>>;
  /** What has to be asked again to make the plan again or longer, as JSON; `undefined` for a plan that is only shown. */
  readonly request?: Readonly<Record<string, unknown>> | undefined;
  /** What the plan relies on and should not change: configuration, scripts, hardware, as JSON. */
  readonly basis?: Readonly<Record<string, unknown>> | undefined;
  /** What the experiment file says about itself: description, version, expectations. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** The on-disk form of everything but the rows: `plan.json`. */
export function planToJson(plan: Plan): PlanJson {
  return {
    schema_version: SCHEMA_VERSION,
    tool_version: plan.toolVersion,
    session: plan.session,
    seed: plan.seed,
    warnings: [...plan.warnings],
    experiments: plan.experiments.map(({ space, mutate, foregroundMode, background, ...experiment }) => ({
      ...experiment,
      mutate: [...mutate],
      space: { ...space, parameters: { ...space.parameters }, constraints: [...space.constraints] },
      ...(foregroundMode && { foreground_mode: foregroundMode }),
      ...(background && { background: plannedBackgroundToJson(background) }),
    })),
    policies: { ...plan.policies },
    planned: plan.rows.length,
    request: plan.request ? { ...plan.request } : null,
    basis: plan.basis ? { ...plan.basis } : null,
    metadata: plan.metadata ? { ...plan.metadata } : null,
  };
}

/** A plan as it stood on disk, with its rows. */
export function planFromJson(json: PlanJson, rows: readonly PlanRow[]): Plan {
  return {
    toolVersion: json.tool_version,
    session: json.session,
    seed: json.seed,
    warnings: json.warnings,
    experiments: json.experiments.map(({ foreground_mode: foregroundMode, background, ...experiment }) => ({
      ...experiment,
      ...(foregroundMode && { foregroundMode }),
      ...(background && { background: plannedBackgroundFromJson(background) }),
    })),
    rows,
    policies: json.policies,
    request: json.request ?? undefined,
    basis: json.basis ?? undefined,
    metadata: json.metadata ?? undefined,
  };
}
