import type { LogScan, MetricPattern, MetricResult } from "@ea/metrics-parser";
import type { Flag, ParameterValue, PlanRow } from "@ea/records";
import { argumentText } from "./configurations.ts";
import type { RepositoryConfig } from "./models-config.ts";

/** Beside the user's metrics, whose names cannot begin so: a name has no line break. */
const PREFIX = "echo\n";
/** What a program printed with fewer significant digits tells nothing of. */
const MIN_DIGITS = 3;

/** Patterns for the values that a training says it has got, for all parameters that are passed to it. */
export function echoPatterns(
  { echo_patterns: patterns = {} }: RepositoryConfig,
  hyperparameters: PlanRow["hyperparameters"],
): Readonly<Record<string, MetricPattern>> {
  const names = Object.keys(hyperparameters).filter((name) => hyperparameters[name] !== null);
  return Object.fromEntries(
    names.flatMap((name) => {
      const pattern = echoPatternOf(patterns, name);
      return pattern === undefined
        ? []
        : [[PREFIX + name, { pattern, aggregation: "first" as const, required: false }]];
    }),
  );
}

/** The pattern of one parameter: its own, or the one for all with its name in it. */
export function echoPatternOf(
  patterns: NonNullable<RepositoryConfig["echo_patterns"]>,
  name: string,
): string | undefined {
  if (typeof patterns !== "string") return patterns[name];
  return patterns.replaceAll("{name}", () => name.replaceAll(/[^\w]/g, "\\$&"));
}

/** The scan without the echoes, and the echoes. */
export function withoutEchoes(scan: LogScan): { readonly log: LogScan; readonly echoes: readonly MetricResult[] } {
  const isEcho = ({ name }: MetricResult): boolean => name.startsWith(PREFIX);
  return {
    log: { ...scan, metrics: scan.metrics.filter((metric) => !isEcho(metric)) },
    echoes: scan.metrics.filter(isEcho),
  };
}

/** Tells where a training says that it has got something else than was asked for, or does not say it. */
export function echoFlags(
  echoes: readonly MetricResult[],
  { supported_hyperparams: parameters }: RepositoryConfig,
  hyperparameters: PlanRow["hyperparameters"],
): readonly Flag[] {
  return echoes.flatMap((echo): readonly Flag[] => {
    const name = echo.name.slice(PREFIX.length);
    const [parameter, value = null] = [parameters[name], hyperparameters[name]];
    const requested = parameter && argumentText(parameter, value);
    if (requested === undefined) return [];
    const { text, line } = echo;
    if (text === undefined) {
      const message = `the training did not say which ${name} it has got: ${requested} was asked for`;
      return [{ code: "parameter-not-echoed", severity: "warning", message, evidence: { name, requested } }];
    }
    if (isSame(text, value, requested)) return [];
    const message = `the training has got ${name} = ${text} (line ${line} of the log), and ${requested} was asked for`;
    return [
      { code: "parameter-differs", severity: "error", message, evidence: { name, requested, found: text, line } },
    ];
  });
}

/** Whether a printed text is this value: numbers may be written otherwise, or with fewer digits. */
export function isSame(text: string, value: ParameterValue, requested: string): boolean {
  if (text === requested) return true;
  if (typeof value === "boolean")
    return /^(?:true|1|yes|on)$/i.test(text) ? value : /^(?:false|0|no|off)$/i.test(text) && !value;
  if (typeof value === "string") return text.replace(/^(["'])(.*)\1$/, "$2") === value;
  const found = Number(text);
  if (typeof value !== "number" || text.trim() === "" || !Number.isFinite(found)) return false;
  const digits = text.replace(/e.*$/i, "").replaceAll(/\D/g, "").replace(/^0+/, "").length;
  return found === value || (digits >= MIN_DIGITS && digits <= 100 && Number(value.toPrecision(digits)) === found);
}
