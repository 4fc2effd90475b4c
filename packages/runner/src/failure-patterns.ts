import { compilePythonRegex, type FatalPattern } from "@ea/metrics-parser";

/**
 * What a training prints when it has failed, whatever its exit code: anchored at line starts, and never `Error:` alone,
 * because `train error: 0.79` is a result. From the original's list and the logs of its failures.
 */
const FATAL: readonly (readonly [string, RegExp])[] = [
  [
    "oom",
    /^(?:\S*(?:RuntimeError|OutOfMemoryError): CUDA (?:error: )?out of memory|(?:\S+\.)?(?:OutOfMemoryError|_ArrayMemoryError|MemoryError)\b)/m,
  ],
  ["crash", /^Traceback \(most recent call last\):/m],
  [
    "crash",
    /^(?:\S+\.)?(?:RuntimeError|AssertionError|FileNotFoundError|ModuleNotFoundError|ImportError|KeyboardInterrupt)(?::|$)/m,
  ],
  ["crash", /^Segmentation fault\b/m],
];

/** The built-in fatal patterns, or the repository's own in their place; oom is always recognised. */
export function fatalPatterns(own: readonly string[] | undefined): readonly FatalPattern[] {
  const builtIn = FATAL.map(([name, pattern]) => ({ name, pattern }));
  if (own === undefined) return builtIn;
  const replaced = own.map((source) => ({
    name: "crash",
    pattern: compilePythonRegex(fatalSource(source), { where: "fatal_patterns" }),
  }));
  return [...builtIn.filter(({ name }) => name === "oom"), ...replaced];
}

/** A pattern of `fatal_patterns` as it is looked for: at line starts. */
export function fatalSource(source: string): string {
  return `(?m)^(?:${source})`;
}
