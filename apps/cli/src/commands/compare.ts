import { EXIT } from "../exit-codes.ts";
import type { Comparison } from "../measure/compare.ts";
import { comparisonText } from "../measure/comparison-text.ts";
import { comparisonToJson } from "../measure/measure-json.ts";
import { shellWords } from "../measure/measure-request.ts";
import type { Terminal } from "../terminal.ts";
import { compareGroups } from "../trade/compare-groups.ts";
import { comparedGroup } from "../trade/compared-group.ts";
import { metricSentence } from "../trade/metric-text.ts";
import type { CompareFlags } from "../trade/trade-options.ts";

/** `ea compare`: how much less or more energy and time the second configuration takes than the first, and what it gives. */
export async function compareRuns(flags: CompareFlags, terminal: Terminal): Promise<number> {
  const groups = [
    await comparedGroup(flags.a, flags.results, terminal),
    await comparedGroup(flags.b, flags.results, terminal),
  ] as const;
  const { figures, metrics } = compareGroups(groups);
  const text = (figure: Comparison): string => comparisonText(figure, groups, "--repetitions");
  if (flags.json) {
    const configurations = groups.map(({ label, session, records, leftOut }) => {
      return { label, session, experiment_ids: records.map((each) => each.experiment_id), left_out: leftOut };
    });
    const comparison = figures.map((figure) => comparisonToJson(figure, text(figure)));
    const document = { configurations, comparison, metrics };
    terminal.out(`${JSON.stringify(document, undefined, 2)}\n`);
    return EXIT.ok;
  }
  for (const { label, session, records, leftOut } of groups) {
    const excluded = leftOut > 0 ? `, ${leftOut} left out (failed, suspect or flagged)` : "";
    terminal.out(`${label}: n = ${records.length}${excluded}, ${session}\n`);
  }
  terminal.out("\n");
  for (const figure of figures) terminal.out(`${text(figure)}\n`);
  for (const metric of metrics) terminal.out(`${metricSentence(metric)}\n`);
  const where = flags.results === undefined || flags.results === "results" ? [] : ["--results", flags.results];
  const sessions = new Set(groups.map(({ session }) => session));
  terminal.err(`Next: ${shellWords(["ea", "report", ...sessions, ...where])}\n`);
  return EXIT.ok;
}
