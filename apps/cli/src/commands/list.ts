import { resolve } from "node:path";
import { isSeed, type Parameter, spaceSize } from "@ea/mutator";
import { loadModelsConfig, type ModelsConfig, type RepositoryConfig, spaceNotices } from "@ea/runner";
import type { InferredOptionTypes } from "yargs";
import { EXIT } from "../exit-codes.ts";
import { table } from "../format.ts";
import { shellWords } from "../measure/measure-request.ts";
import { configOptions } from "../run-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea list`: repositories, models, hyperparameters, distributions, space sizes. */
export async function list(flags: InferredOptionTypes<typeof configOptions>, terminal: Terminal): Promise<number> {
  const project = resolve(terminal.workingDirectory, flags.project ?? ".");
  const { models } = await loadModelsConfig(flags.config, project);
  terminal.out(flags.json ? `${JSON.stringify(listDocument(models), undefined, 2)}\n` : listText(models));
  const [repository, config] = Object.entries(models)[0] ?? [];
  if (!flags.json && repository !== undefined && config?.models[0] !== undefined) {
    const where = [
      ...(flags.config === configOptions.config.default ? [] : ["--config", flags.config]),
      ...(flags.project === undefined ? [] : ["--project", flags.project]),
    ];
    const what = ["--repo", repository, "--model", config.models[0], "--mutate", "all", "--runs", "5", "--dry-run"];
    terminal.err(`Next: ${shellWords(["ea", "run", ...where, ...what])}\n`);
  }
  return EXIT.ok;
}

function listDocument(models: ModelsConfig["models"]): Record<string, unknown> {
  const repositories = Object.entries(models).map(([name, config]) => ({
    repository: name,
    path: config.path,
    train_script: config.train_script,
    models: config.models,
    metrics: Object.keys(config.performance_metrics.log_patterns),
    space_size: sizeOf(config)?.toString() ?? null,
    constraints: config.constraints,
    hyperparameters: config.supported_hyperparams,
  }));
  return { repositories };
}

function listText(models: ModelsConfig["models"]): string {
  const sections = Object.entries(models).map(([name, config]) => {
    const rows = Object.entries(config.supported_hyperparams).map(([parameter, spec]) => [
      `  ${parameter}`,
      spec.flag,
      spec.type,
      spec.default === undefined ? undefined : String(spec.default),
      values(spec),
      distribution(parameter, spec),
    ]);
    return [
      `${name}  (${config.path}, ${config.train_script})\n`,
      `  models: ${config.models.join(", ")}\n`,
      `  metrics: ${Object.keys(config.performance_metrics.log_patterns).join(", ") || "none"}\n`,
      `  configurations: ${sizeOf(config) ?? "too finely constrained to count"}\n`,
      ...config.constraints.map((constraint) => `  constraint: ${constraint}\n`),
      ...spaceNotices({ parameters: config.supported_hyperparams }).map((notice) => `  note: ${notice}\n`),
      table(["  hyperparameter", "flag", "type", "default", "values", "distribution"], rows),
    ].join("");
  });
  return sections.join("\n");
}

function sizeOf({ supported_hyperparams, constraints }: RepositoryConfig): bigint | undefined {
  return spaceSize({ parameters: supported_hyperparams, constraints });
}

function values({ range, choices, step, type, value }: Parameter): string {
  if (value !== undefined) return `always ${value}`;
  if (range) return `[${range.join(", ")}]${step === undefined ? "" : ` step ${step}`}`;
  return type === "bool" ? "true, false" : (choices ?? []).join(", ");
}

function distribution(name: string, parameter: Parameter): string {
  if (isSeed(name, parameter)) return "seed (repetitions)";
  const zero = parameter.zero_probability ? `, 0 with probability ${parameter.zero_probability}` : "";
  const conditions = Object.entries(parameter.when ?? {}).map(
    ([parent, wanted]) => `${parent} is ${[wanted].flat().join(" or ")}`,
  );
  const when = conditions.length > 0 ? `, when ${conditions.join(" and ")}` : "";
  return `${parameter.weights ? "weighted" : (parameter.distribution ?? "uniform")}${zero}${when}`;
}
