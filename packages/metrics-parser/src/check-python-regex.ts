import { type CompileOptions, compilePattern } from "./compile-python-regex.ts";
import { patternDanger } from "./pattern-danger.ts";

/**
 * Checks what can be checked of a pattern before a log is there: that it can be translated, and that no text is known
 * to keep it busy for ever.
 *
 * @throws MetricsParserError `BAD_PATTERN`, naming the offending part
 */
export async function checkPythonRegex(source: string, options: CompileOptions = {}): Promise<void> {
  const pattern = compilePattern(source, options);
  const danger = await patternDanger(pattern);
  if (danger !== undefined) throw pattern.error(danger);
}
