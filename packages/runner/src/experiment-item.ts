import { WORKING_COPIES } from "@ea/records";
import { z } from "zod";

const values = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]));

const training = {
  repo: z.string().optional(),
  model: z.string().optional(),
  /** Parameters to mutate; `all` stands for every one of the repository. */
  mutate: z.union([z.array(z.string()).min(1), z.string().min(1)]).optional(),
  /** Values that replace the defaults, for mode `default`. */
  hyperparameters: values.optional(),
  /** Fields that replace those of the repository's parameters, and further constraints. */
  space: z.record(z.string(), z.unknown()).optional(),
  runs_per_config: z.int().positive().optional(),
};

/** What is measured in mode `parallel`. */
const ForegroundItem = z.strictObject({ ...training, mode: z.enum(["mutation", "default"]).optional() });

/** What keeps the machine busy beside it. */
const BackgroundItem = z.strictObject({
  repo: z.string(),
  model: z.string(),
  /** Values that replace the defaults. */
  hyperparameters: values.optional(),
  /** Where it runs: in a copy when it would share a directory with the foreground, or always in one of this kind. */
  working_copy: z.enum(WORKING_COPIES).optional(),
  /** Seconds for which it runs before the foreground starts. */
  head_start_seconds: z.number().nonnegative().optional(),
});
/** One experiment of an experiment file; which keys it needs depends on its mode. */
export const ExperimentItem = z.strictObject({
  ...training,
  mode: z.enum(["mutation", "default", "parallel"]).optional(),
  foreground: ForegroundItem.optional(),
  background: BackgroundItem.optional(),
});
/** One experiment of an experiment file. */
export type ExperimentItem = z.infer<typeof ExperimentItem>;

/** Whether only comments were written: the original's files have such experiments as headings. */
export function isHeading(item: ExperimentItem): boolean {
  return Object.keys(item).length === 0;
}

/** The keys that are valid at a path below an experiment. */
export function itemKeys([key]: readonly PropertyKey[]): readonly string[] {
  if (key === "foreground") return Object.keys(ForegroundItem.shape);
  return Object.keys(key === "background" ? BackgroundItem.shape : ExperimentItem.shape);
}
