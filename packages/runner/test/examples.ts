import { RepositoryConfig } from "../src/models-config.ts";
import type { RequestedExperiment } from "../src/requested-experiment.ts";
import { resolveSettings, type Settings } from "../src/settings.ts";

/** Parameters of a small training, as they stand in a file. */
export const hyperparameters = {
  epochs: { flag: "--epochs", type: "int", default: 10, range: [5, 20] },
  learning_rate: { flag: "--lr", type: "float", default: 0.01, range: [0.001, 0.1], distribution: "log_uniform" },
  seed: { flag: "--seed", type: "int", default: 42, range: [0, 9999] },
};

/** A repository as it stands in a file. */
export const repositoryJson = {
  path: "training",
  train_script: "train.sh",
  models: ["mlp", "cnn"],
  model_flag: "--model",
  supported_hyperparams: hyperparameters,
  performance_metrics: { log_patterns: { accuracy: "accuracy: ([0-9.]+|nan)" } },
};

/** A valid repository with some fields replaced. */
export function repository(fields: Readonly<Record<string, unknown>> = {}): RepositoryConfig {
  return RepositoryConfig.parse({ ...repositoryJson, ...fields });
}

/** An experiment that mutates epochs and learning rate, with some fields replaced. */
export function experiment(fields: Partial<RequestedExperiment> = {}): RequestedExperiment {
  return {
    repository: "mine",
    config: repository(),
    model: "mlp",
    mode: "mutation",
    mutate: ["epochs", "learning_rate"],
    overrides: {},
    runs: 3,
    ...fields,
  };
}

/** Settings without sleeps and gate, with some fields replaced. */
export function settings(fields: Partial<Settings> = {}): Settings {
  return { ...resolveSettings({ sleep: false, gate: "off" }), ...fields };
}
