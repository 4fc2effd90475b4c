import { type CompiledPattern, type CompileOptions, compilePattern } from "./compile-python-regex.ts";
import { patternDanger } from "./pattern-danger.ts";

/**
 * Checks what can be checked of a pattern before a log is there: that it can be translated, and that no text is known
 * to keep it busy for ever.
 *
 * @throws MetricsParserError `BAD_PATTERN`, naming the offending part
 */
export async function checkPythonRegex(source: string, options: CompileOptions = {}): Promise<void> {
  await refuseDanger(compilePattern(source, options));
}

/** Refuses a pattern that can take exponential time. */
export async function refuseDanger(pattern: CompiledPattern): Promise<void> {
  const danger = await patternDanger(pattern);
  if (danger !== undefined) throw pattern.error(danger);
}
