import { dirname, join, parse, resolve } from "node:path";
import type { DerivationFactors, Goal } from "@ea/report";
import { configError } from "@ea/runner";
import type { ReportFlags } from "./report-options.ts";

/** What `ea report` was asked for, checked. */
export interface ReportRequest {
  readonly html: string;
  readonly svg: string | undefined;
  readonly png: string | undefined;
  readonly markdown: string | undefined;
  readonly metric: string | undefined;
  /** Which way the metric is better; by its name when `undefined`. */
  readonly goal: Goal | undefined;
  readonly factors: DerivationFactors | undefined;
}

/**
 * The flags of `ea report` as absolute paths and numbers.
 *
 * @throws {RunnerError} `CONFIG` for a number that is none.
 */
export function reportRequest(flags: ReportFlags, workingDirectory: string): ReportRequest {
  const path = (given: string | undefined): string | undefined =>
    given === undefined ? undefined : resolve(workingDirectory, given);
  const html = resolve(workingDirectory, flags.output);
  const beside = join(dirname(html), `${parse(html).name}.md`);
  const [, metric = flags.metric, direction] = /^(.+):(min|max)$/.exec(flags.metric ?? "") ?? [];
  const gramsPerKwh = numberOf("--intensity", flags.intensity, 0);
  const pricePerKwh = numberOf("--price", flags.price, 0);
  const pue = numberOf("--pue", flags.pue, 1) ?? 1;
  return {
    html,
    svg: path(flags.svg),
    png: path(flags.png),
    markdown: flags.md === "" ? beside : path(flags.md),
    metric,
    goal: direction === "min" || direction === "max" ? direction : undefined,
    factors: gramsPerKwh === undefined && pricePerKwh === undefined ? undefined : { gramsPerKwh, pricePerKwh, pue },
  };
}

function numberOf(flag: string, given: string | undefined, least: number): number | undefined {
  if (given === undefined) return undefined;
  const value = /^\d*\.?\d+(e[-+]?\d+)?$/i.test(given) ? Number(given) : Number.NaN;
  if (value >= least && Number.isFinite(value)) return value;
  const message = `expected a number from ${least} on, found ${JSON.stringify(given)}`;
  throw configError([{ file: undefined, path: flag, message }]);
}
