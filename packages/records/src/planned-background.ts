import { z } from "zod";
import { ParameterValue } from "./parameter-value.ts";

/** Where a background load runs: in a copy when it would share a directory with the foreground, or always in one. */
export const WORKING_COPIES = ["auto", "worktree", "copy"] as const;

/** `background` of a line of `rows.jsonl`. Fields beside these are kept. */
export const PlannedBackgroundJson = z.looseObject({
  repository: z.string(),
  model: z.string(),
  hyperparameters: z.record(z.string(), ParameterValue),
  key: z.string(),
  argv: z.array(z.string()),
  working_copy: z.enum(WORKING_COPIES),
  head_start_seconds: z.number().nonnegative(),
});
/** `background` of a line of `rows.jsonl`. */
export type PlannedBackgroundJson = z.infer<typeof PlannedBackgroundJson>;

/** The training that keeps the machine busy beside a row of mode `parallel`. */
export interface PlannedBackground {
  readonly repository: string;
  readonly model: string;
  /** The full resolved vector. */
  readonly hyperparameters: Readonly<Record<string, ParameterValue>>;
  /** Canonical string of repository, model and configuration; equal key, same load. */
  readonly key: string;
  /** The training script and its arguments. */
  readonly argv: readonly string[];
  readonly workingCopy: (typeof WORKING_COPIES)[number];
  /** Seconds for which it runs before the foreground starts. */
  readonly headStartSeconds: number;
}

/** The on-disk form of a planned background. */
export function plannedBackgroundToJson(background: PlannedBackground): PlannedBackgroundJson {
  const { repository, model, hyperparameters, key, argv, workingCopy, headStartSeconds } = background;
  return {
    repository,
    model,
    hyperparameters: { ...hyperparameters },
    key,
    argv: [...argv],
    working_copy: workingCopy,
    head_start_seconds: headStartSeconds,
  };
}

/** A planned background as it stood on disk. */
export function plannedBackgroundFromJson(json: PlannedBackgroundJson): PlannedBackground {
  const { repository, model, hyperparameters, key, argv } = json;
  return {
    repository,
    model,
    hyperparameters,
    key,
    argv,
    workingCopy: json.working_copy,
    headStartSeconds: json.head_start_seconds,
  };
}
