import type { FatalPattern } from "./fatal-search.ts";

/**
 * What a training prints when it has failed, whatever its exit code: anchored at line starts, and never `Error:` alone,
 * because `train error: 0.79` is a result. From the original's list and the logs of its failures. The names are `oom` and
 * `crash`.
 */
export const FAILURE_PATTERNS: readonly FatalPattern[] = [
  {
    name: "oom",
    pattern:
      /^(?:\S*(?:RuntimeError|OutOfMemoryError): CUDA (?:error: )?out of memory|(?:\S+\.)?(?:OutOfMemoryError|_ArrayMemoryError|MemoryError)\b)/m,
  },
  { name: "crash", pattern: /^Traceback \(most recent call last\):/m },
  {
    name: "crash",
    pattern:
      /^(?:\S+\.)?(?:RuntimeError|AssertionError|FileNotFoundError|ModuleNotFoundError|ImportError|KeyboardInterrupt)(?::|$)/m,
  },
  { name: "crash", pattern: /^Segmentation fault\b/m },
];
