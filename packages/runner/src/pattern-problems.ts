import { compilePythonRegex } from "@ea/metrics-parser";
import { pathText } from "./config-problems.ts";
import type { Problem } from "./errors.ts";
import { fatalPatterns } from "./failure-patterns.ts";
import type { RepositoryConfig } from "./models-config.ts";

/** What is wrong with the patterns of a repository. */
export function patternProblems(
  repository: string,
  { performance_metrics, fatal_patterns }: RepositoryConfig,
  file: string,
): readonly Problem[] {
  const check = (path: readonly string[], compile: () => unknown): readonly Problem[] => {
    try {
      compile();
      return [];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return [{ file, path: pathText(["models", repository, ...path]), message }];
    }
  };
  return [
    ...Object.entries(performance_metrics.log_patterns).flatMap(([name, pattern]) =>
      check(["performance_metrics", "log_patterns", name], () =>
        compilePythonRegex(typeof pattern === "string" ? pattern : pattern.pattern),
      ),
    ),
    ...check(["fatal_patterns"], () => fatalPatterns(fatal_patterns)),
  ];
}
