import type { Comparison } from "./compare.ts";
import { figure } from "./digits.ts";

/** What is compared, by its name. */
interface Labelled {
  readonly label: string;
}

/** Room for a command in a sentence. */
const MAX_LABEL = 60;

/**
 * A comparison as a sentence: `'b' uses 18 % ± 3 % less energy than 'a' (cpu_package)`.
 *
 * @param moreRuns flag that would make it more certain.
 */
export function comparisonText(
  comparison: Comparison,
  subjects: readonly Labelled[],
  moreRuns: "--runs" | "--repetitions" = "--runs",
): string {
  const { name, unit, isEstimate, change, verdict, n } = comparison;
  const own = quoted(subjects[comparison.command]);
  const other = quoted(subjects[comparison.baseline]);
  const what = unit === "s" ? "time" : "energy";
  const origin = isEstimate ? ` (${name}: estimated by a model, not measured)` : unit === "s" ? "" : ` (${name})`;
  if (verdict === "undecided" || !change?.interval95) {
    return `no difference in ${what} can be told between ${own} and ${other}${origin}: ${why(comparison, n, moreRuns)}`;
  }
  const [low, high] = change.interval95;
  const half = 100 * Math.max(high - change.change, change.change - low);
  const size = figure(100 * Math.abs(change.change), "%", half);
  const verb = unit === "s" ? "takes" : "uses";
  const estimated = isEstimate ? "an estimated " : "";
  return `${own} ${verb} ${estimated}${size} ${verdict} ${what} than ${other}${origin}`;
}

function why({ change }: Comparison, n: Comparison["n"], moreRuns: string): string {
  if (!change) return "the baseline is 0";
  if (Math.min(...n) < 2) return `one run has no interval; use ${moreRuns} 10`;
  if (!change.interval95) return `the baseline varies too much to be told from 0; use more ${moreRuns}`;
  const [low, high] = change.interval95.map((share) => Number((100 * share).toPrecision(2)));
  return `the change lies between ${low} % and ${high} %; more ${moreRuns} make this narrower`;
}

function quoted(subject: Labelled | undefined): string {
  const label = subject?.label ?? "";
  return `'${label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label}'`;
}
