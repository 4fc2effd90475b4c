import type { ParameterValue } from "@ea/records";
import { argumentText } from "./configurations.ts";
import type { RepositoryConfig } from "./models-config.ts";

/**
 * The training script and its arguments: model flag and model (not for the model `default`), required arguments split
 * at spaces, then flag and value as two arguments for every parameter that is passed.
 */
export function trainingArguments(
  config: RepositoryConfig,
  model: string,
  hyperparameters: Readonly<Record<string, ParameterValue>>,
  mutated: readonly string[] = [],
): readonly string[] {
  const modelArguments = config.model_flag !== undefined && model !== "default" ? [config.model_flag, model] : [];
  const required = Object.values(config.required_args).flatMap((text) => text.split(/\s+/).filter(Boolean));
  const parameters = Object.entries(config.supported_hyperparams).flatMap(([name, parameter]) => {
    const text = isPassed(config, name, mutated) ? argumentText(parameter, hyperparameters[name] ?? null) : undefined;
    return text === undefined || parameter.flag === undefined ? [] : [parameter.flag, text];
  });
  return [config.train_script, ...modelArguments, ...required, ...parameters];
}

/** Whether a parameter that has a value is passed: all are, unless the repository has the original's habit. */
function isPassed({ pass }: Pick<RepositoryConfig, "pass">, name: string, mutated: readonly string[]): boolean {
  return pass === "all" || mutated.includes(name);
}
