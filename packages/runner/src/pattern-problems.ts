import { checkMetric, checkPythonRegex } from "@ea/metrics-parser";
import { pathText } from "./config-problems.ts";
import type { Problem } from "./errors.ts";
import { fatalSource } from "./failure-patterns.ts";
import type { RepositoryConfig } from "./models-config.ts";
import { echoPatternOf } from "./parameter-echoes.ts";

/** What is wrong with the patterns of a repository. */
export async function patternProblems(
  repository: string,
  { performance_metrics, fatal_patterns = [], echo_patterns = {}, supported_hyperparams }: RepositoryConfig,
  file: string,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const check = async (path: readonly PropertyKey[], pattern: Promise<void>): Promise<void> => {
    await pattern.catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ file, path: pathText(["models", repository, ...path]), message });
    });
  };
  for (const [name, pattern] of Object.entries(performance_metrics.log_patterns)) {
    await check(["performance_metrics", "log_patterns", name], checkMetric(name, pattern));
  }
  for (const [index, source] of fatal_patterns.entries()) {
    await check(["fatal_patterns", index], checkPythonRegex(fatalSource(source)));
  }
  for (const name of Object.keys(supported_hyperparams)) {
    const pattern = echoPatternOf(echo_patterns, name);
    const path = typeof echo_patterns === "string" ? ["echo_patterns"] : ["echo_patterns", name];
    if (pattern !== undefined) await check(path, checkPythonRegex(pattern));
  }
  return problems;
}
