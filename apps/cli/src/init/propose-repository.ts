import { parameterName, proposeParameter } from "./propose-parameter.ts";
import type { ScriptArgument } from "./script-argument.ts";

/** An entry of `models_config.json`, and what could not be derived. */
export interface ProposedRepository {
  readonly entry: Readonly<Record<string, unknown>>;
  /** Arguments of the script that the entry leaves out, each with the reason. */
  readonly leftOut: readonly string[];
}

/** What is known of a script. */
export interface ScriptFacts {
  /** Directory of the script, relative to the project. */
  readonly path: string;
  readonly trainScript: string;
  readonly args: readonly ScriptArgument[];
  readonly metrics: Readonly<Record<string, unknown>> | undefined;
  /** Names of models that were given. */
  readonly models: readonly string[] | undefined;
}

/** Proposes how a script is trained: its models, hyperparameters with ranges, and metrics. */
export function proposeRepository({ path, trainScript, args, metrics, models }: ScriptFacts): ProposedRepository {
  const leftOut: string[] = [];
  const parameters: Record<string, unknown> = Object.create(null);
  const modelArgument = args.find((argument) => isModel(argument, models));
  for (const argument of args) {
    if (argument === modelArgument) continue;
    const name = parameterName(argument);
    const proposed = proposeParameter(argument);
    if ("reason" in proposed) {
      leftOut.push(
        `${argument.flag} ${String(proposed["reason"])}${argument.isRequired ? " (and it is required)" : ""}`,
      );
    } else if (name === "__proto__" || Object.hasOwn(parameters, name)) {
      leftOut.push(`${argument.flag} has a name that is there already`);
    } else parameters[name] = proposed;
  }
  const choices = modelArgument?.choices?.map(String);
  return {
    entry: {
      path,
      train_script: trainScript,
      models: models ?? choices ?? ["default"],
      ...(modelArgument && { model_flag: modelArgument.flag }),
      supported_hyperparams: { ...parameters },
      ...(metrics && { performance_metrics: metrics }),
    },
    leftOut,
  };
}

/** A flag for the model's name: one that offers names, or any when names were given. */
function isModel({ flag, choices }: ScriptArgument, models: readonly string[] | undefined): boolean {
  if (!/^--(?:model|arch|model[-_]name|architecture)$/.test(flag)) return false;
  return models !== undefined || (choices?.every((choice) => typeof choice === "string" && choice !== "") ?? false);
}
