import { compilePythonRegex, FAILURE_PATTERNS, type FatalPattern } from "@ea/metrics-parser";

/** The built-in fatal patterns, or the repository's own in their place; oom is always recognised. */
export function fatalPatterns(own: readonly string[] | undefined): readonly FatalPattern[] {
  if (own === undefined) return FAILURE_PATTERNS;
  const replaced = own.map((source) => ({
    name: "crash",
    pattern: compilePythonRegex(fatalSource(source), { where: "fatal_patterns" }),
  }));
  return [...FAILURE_PATTERNS.filter(({ name }) => name === "oom"), ...replaced];
}

/** A pattern of `fatal_patterns` as it is looked for: at line starts. */
export function fatalSource(source: string): string {
  return `(?m)^(?:${source})`;
}
