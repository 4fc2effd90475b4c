import { checkCaptures } from "./check-captures.ts";
import { emitPattern } from "./emit-pattern.ts";
import { parsePythonPattern } from "./parse-python-pattern.ts";
import type { PatternNode } from "./pattern-node.ts";
import { PatternReader } from "./pattern-reader.ts";

/** How a pattern is introduced in messages, such as "the metric accuracy". */
export interface CompileOptions {
  readonly where?: string | undefined;
}

/** A translated pattern and what the search and its hints need to know about it. */
export interface CompiledPattern {
  readonly regex: RegExp;
  /** How many capturing groups it has. */
  readonly groups: number;
  /** The Python text before the first capturing group, when it can stand alone and names something. */
  readonly prefix: string | undefined;
  /** Anchors that mean the whole log and not a line. */
  readonly logAnchors: ReadonlySet<"^" | "$">;
  readonly node: PatternNode;
  /** Makes the error for a reason not to use it. */
  readonly error: (problem: string) => Error;
}

/**
 * Translates a Python 3.11 regular expression to a RegExp that finds what `re.findall(pattern, text, re.IGNORECASE)`
 * does; group numbers and names are kept, and the flags are `giu`.
 *
 * @throws MetricsParserError `BAD_PATTERN` when Python would refuse the pattern or JavaScript cannot express it
 */
export function compilePythonRegex(source: string, options: CompileOptions = {}): RegExp {
  return compilePattern(source, options).regex;
}

/** As {@link compilePythonRegex}, with what else is known about the pattern. */
export function compilePattern(source: string, { where }: CompileOptions = {}): CompiledPattern {
  const reader = new PatternReader(source, where);
  const { node, groups, widths, firstCapture, namesSomething, logAnchors } = parsePythonPattern(reader);
  const error = (problem: string): Error => reader.error(problem);
  checkCaptures(node, { widths, error });
  const regex = build(emitPattern(node, error), reader);
  const prefix = firstCapture !== undefined && namesSomething ? reader.slice(0, firstCapture) : undefined;
  return { regex, groups, prefix, logAnchors, node, error };
}

function build(js: string, reader: PatternReader): RegExp {
  try {
    return new RegExp(js, "giu");
  } catch (cause) {
    throw reader.error(`JavaScript refuses its translation, /${js.slice(0, 200)}/giu`, { cause });
  }
}
