import { metricSetNames } from "@ea/metrics-parser";
import { ModelsConfig } from "@ea/runner";
import { shellWords } from "../measure/measure-request.ts";
import type { ProposedRepository } from "./propose-repository.ts";

/** What somebody has to check about a configuration that was written, and the commands that come next. */
export function advice(
  name: string,
  { entry, leftOut }: ProposedRepository,
  { output, project }: { readonly output: string; readonly project: string | undefined },
): string {
  const found = ModelsConfig.shape.models.parse({ [name]: entry })[name];
  const names = Object.keys(found?.supported_hyperparams ?? {});
  const metrics = Object.keys(found?.performance_metrics.log_patterns ?? {});
  const model = found?.models[0] ?? "default";
  const where = [
    ...(output === "config/models_config.json" ? [] : ["--config", output]),
    ...(project === undefined ? [] : ["--project", project]),
  ];
  const what = ["--repo", name, "--model", model, ...where];
  const next = (...words: readonly string[]): string => `  ${shellWords(["ea", ...words])}`;
  return [
    ...(leftOut.length > 0 ? ["Left out:", ...leftOut.map((line) => `  ${line}`)] : []),
    "Check:",
    names.length > 0
      ? `  the ranges of ${names.join(", ")}: they follow from names and defaults alone`
      : "  supported_hyperparams: nothing could be proposed, so nothing can be mutated yet",
    metrics.length === 0
      ? `  performance_metrics: none was found in what the script prints; write log_patterns, or a preset: ${metricSetNames.join(", ")}`
      : `  the patterns of ${metrics.join(", ")}, on a log of the script`,
    "Next:",
    next("list", ...where),
    `${next("metrics", "test", ...what, "train.log")} (what the script has printed)`,
    ...(names.length > 0 ? [next("doctor", "--probe", name, model, ...where)] : []),
    next("run", ...what, "--mutate", "all", "--runs", "5", "--dry-run"),
    "",
  ].join("\n");
}
