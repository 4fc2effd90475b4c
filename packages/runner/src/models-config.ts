import { MetricPattern, metricPatternKeys, metricSetNames, metricSets } from "@ea/metrics-parser";
import { Parameter, parameterFields, Space } from "@ea/mutator";
import { z } from "zod";
import type { ConfigShape } from "./config-problems.ts";
import { suggestion } from "./nearest.ts";

const name = z.string().min(1);
const seconds = z.number().nonnegative();

/** The caller's own variables are passed anyway; ours tell a training which run it is. */
const variable = z.string().regex(/^(?!EARUN_)[A-Za-z_][A-Za-z0-9_]*$/, "expected a variable's name, not EARUN_…");

const RepositoryShape = z.strictObject({
  /** Directory of the repository, relative to the project; the training runs in it. */
  path: name,
  /** The program to run, relative to `path`. */
  train_script: name,
  models: z.array(name).min(1),
  /** What the training runs in: a virtual environment, relative to `path`, a conda environment, or a command before its own. */
  environment: z
    .strictObject({ venv: name.optional(), conda: name.optional(), command: z.array(name).min(1).optional() })
    .superRefine((value, context) => {
      if (context.issues.length > 0 || Object.keys(value).length === 1) return;
      context.addIssue({ code: "custom", message: "expected one of venv, conda, command" });
    })
    .optional(),
  /** Variables that are set for the training, beside the caller's. */
  env: z.record(variable, z.string()).default({}),
  /** Flag that takes the model's name; not used for the model `default`. */
  model_flag: name.optional(),
  /** Arguments that are always passed; each value is split at spaces. */
  required_args: z.record(z.string(), z.string()).default({}),
  supported_hyperparams: z.record(name, Parameter),
  /** Which hyperparameters are passed: all that have a value, or, as the original did, only the mutated ones. */
  pass: z.enum(["all", "mutated"]).default("all"),
  /** Comparisons between parameters, such as `"warmup_epochs < epochs"`, that every drawn configuration satisfies. */
  constraints: z.array(z.string()).default([]),
  performance_metrics: z
    .strictObject({
      /** A ready-made set of patterns; those of `log_patterns` come in addition, or in place of one with their name. */
      preset: z.enum(metricSetNames).optional(),
      log_patterns: z.record(name, MetricPattern).default({}),
    })
    .transform(({ preset, log_patterns }) => ({
      log_patterns: preset === undefined ? log_patterns : { ...metricSets[preset], ...log_patterns },
    }))
    .default({ log_patterns: {} }),
  /**
   * Python regular expressions that find the values which the training says it has got, by parameter, or one for all in
   * which `{name}` stands for the parameter.
   */
  echo_patterns: z.union([z.string().includes("{name}"), z.record(name, z.string().min(1))]).optional(),
  /** Python regular expressions, matched at line starts, that make a training failed whatever its exit code. */
  fatal_patterns: z.array(z.string()).optional(),
  /** A training that ends sooner is suspect. */
  min_duration_seconds: seconds.optional(),
  /** A training that used less CPU time is suspect. */
  min_cpu_seconds: seconds.optional(),
});

/** A training repository: where it is, how it is called, what can be mutated, what it reports. */
export const RepositoryConfig = RepositoryShape.superRefine(
  ({ supported_hyperparams, constraints, echo_patterns }, context) => {
    if (context.issues.length > 0) return; // conditions and constraints are about valid parameters
    const echoed = typeof echo_patterns === "object" ? Object.keys(echo_patterns) : [];
    for (const parameter of echoed) {
      if (Object.hasOwn(supported_hyperparams, parameter)) continue;
      const hint = suggestion(parameter, Object.keys(supported_hyperparams));
      const message = `expected one of supported_hyperparams, found "${parameter}"${hint}`;
      context.addIssue({ code: "custom", path: ["echo_patterns", parameter], message });
    }
    const result = Space.safeParse({ parameters: supported_hyperparams, constraints });
    for (const { path, message } of result.error?.issues ?? []) {
      const [field, ...rest] = path;
      context.addIssue({
        code: "custom",
        path: [field === "parameters" ? "supported_hyperparams" : "constraints", ...rest],
        message,
      });
    }
  },
);
/** A training repository. */
export type RepositoryConfig = z.infer<typeof RepositoryConfig>;

/** `models_config.json`, the original's format. */
export const ModelsConfig = z.strictObject({
  $schema: z.string().optional(),
  models: z.record(name, RepositoryConfig),
});
/** `models_config.json`, the original's format. */
export type ModelsConfig = z.infer<typeof ModelsConfig>;

/** For messages about `models_config.json`. */
export const modelsConfigShape: ConfigShape = {
  validKeys: (path) => {
    if (path.length === 0) return Object.keys(ModelsConfig.shape);
    if (path.length === 2) return Object.keys(RepositoryShape.shape);
    if (path[2] === "supported_hyperparams") return parameterFields;
    if (path[2] === "environment") return ["venv", "conda", "command"];
    if (path[2] === "performance_metrics" && path.length === 3) return ["preset", "log_patterns"];
    return metricPatternKeys;
  },
};
