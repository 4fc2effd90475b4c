import { refuseDanger } from "./check-python-regex.ts";
import { type CompiledPattern, compilePattern } from "./compile-python-regex.ts";
import type { MetricPattern } from "./metric-pattern.ts";

/** A metric ready to be looked for. */
export interface CompiledMetric {
  readonly name: string;
  readonly given: MetricPattern;
  readonly pattern: CompiledPattern;
  /** Finds `nan` and `inf` where the pattern wants a number; `undefined` when it does not say what comes before. */
  readonly notFinite: CompiledPattern | undefined;
  /** Finds the epoch or step of a point. */
  readonly x: CompiledPattern | undefined;
}

/**
 * Translates the patterns of a metric.
 *
 * @throws MetricsParserError `BAD_PATTERN`
 */
export function compileMetric(name: string, given: MetricPattern): CompiledMetric {
  const where = `the metric ${name}`;
  const { pattern: source, as, x } = typeof given === "string" ? { pattern: given } : given;
  const pattern = compilePattern(source, { where });
  if (as === "ratio" && pattern.groups < 2) {
    throw pattern.error(`a ratio needs two groups, ( ) around each number; it has ${pattern.groups}`);
  }
  const { prefix } = pattern;
  return {
    name,
    given,
    pattern,
    notFinite: prefix === undefined ? undefined : compilePattern(`${prefix}([-+]?(?:nan|inf(?:inity)?)\\b)`, { where }),
    x: x === undefined ? undefined : compilePattern(x, { where: `${where}'s x` }),
  };
}

/**
 * Checks what can be checked of a metric before a log is there.
 *
 * @throws MetricsParserError `BAD_PATTERN`, naming the offending part
 */
export async function checkMetric(name: string, given: MetricPattern): Promise<void> {
  await checkCompiledMetric(compileMetric(name, given));
}

/** As {@link checkMetric}, for one that is compiled. */
export async function checkCompiledMetric({ pattern, x }: CompiledMetric): Promise<void> {
  await refuseDanger(pattern);
  if (x !== undefined) await refuseDanger(x);
}
