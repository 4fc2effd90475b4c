import type { PlannedBackground } from "@ea/records";
import { planExperiment } from "./configurations.ts";
import type { RequestedBackground } from "./requested-experiment.ts";
import { trainingArguments } from "./training-arguments.ts";

/**
 * The background load of an experiment with everything resolved: defaults, or the values that replace them.
 *
 * @throws as `planExperiment`.
 */
export function planBackground(
  { experiment, workingCopy, headStartSeconds }: RequestedBackground,
  seed: string,
): PlannedBackground {
  const { repository, model, config } = experiment;
  const once = { strategy: "random", objectives: [], repetitions: 1, history: [], seed } as const;
  const [run] = planExperiment({ ...experiment, runs: 1 }, once).runs;
  if (!run) throw new RangeError("a baseline has one run");
  const { hyperparameters, key, passed } = run;
  const argv = trainingArguments(config, model, hyperparameters, passed);
  const planned = { repository, model, hyperparameters, argv, workingCopy, headStartSeconds };
  return { ...planned, key: `${repository}/${model}?${key}` };
}
