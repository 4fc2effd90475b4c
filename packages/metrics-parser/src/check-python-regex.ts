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

/** What was found out about patterns: thousands of logs are searched for the same ones. */
const KNOWN = new Map<string, Promise<string | undefined>>();
const MAX_KNOWN = 1000;

/** Refuses a pattern that can take exponential time. */
export async function refuseDanger(pattern: CompiledPattern): Promise<void> {
  const { source, flags } = pattern.regex;
  const key = `${flags} ${source}`;
  const analysis = KNOWN.get(key) ?? patternDanger(pattern);
  if (KNOWN.size < MAX_KNOWN) KNOWN.set(key, analysis);
  const danger = await analysis;
  if (danger !== undefined) throw pattern.error(danger);
}
