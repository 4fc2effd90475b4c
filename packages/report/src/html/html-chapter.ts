import type { CostBasis } from "@ea/analysis";
import { chapterFigures, firstState } from "../figures/chapter-figures.ts";
import { traceFigure } from "../figures/trace-figure.ts";
import type { Chapter, Run } from "../model/report-data.ts";
import { tradeOff } from "../model/trade-off.ts";
import type { RunTrace } from "../report-input.ts";
import { clip } from "../text/clip.ts";
import { escapeHtml } from "../text/escape-html.ts";
import { counted } from "../text/names.ts";
import { htmlFigure } from "./html-figure.ts";
import { htmlRuns } from "./html-runs.ts";

/** All of a repository: charts, a trace, the table of runs. */
export function htmlChapter(
  chapter: Chapter,
  basis: CostBasis,
  options: { readonly id: string; readonly traces: ReadonlyMap<string, RunTrace> },
): string {
  const { id, traces } = options;
  const figures = chapterFigures(chapter, basis, firstState(chapter)).map((figure) => htmlFigure(figure, id));
  const shown = firstTraced(chapter, traces);
  const trace = shown && htmlFigure(traceFigure(shown.run, shown.trace, { from: 0, to: 1 }), id, shown.run.id);
  const fixed = chapter.parameters.flatMap(({ name, isVaried, isSeed }, index) => {
    const value = chapter.runs[0]?.parameters[index];
    return isVaried || isSeed || value === undefined ? [] : [`${clip(name, 60)} = ${clip(String(value), 80)}`];
  });
  const constants = fixed.length > 0 ? ` The same in all that are compared: ${escapeHtml(fixed.join(", "))}.` : "";
  const none = figures.length === 0 ? "<p>There is nothing to compare: no run succeeded with a figure.</p>" : "";
  return `<section class="chapter" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><bdi>${escapeHtml(clip(chapter.repository, 200))}</bdi></h2>
<p class="sub">${counted(chapter.runs.length, "run")}, ${counted(chapter.configurations.length, "configuration")} compared.${constants}</p>
<div class="tools views" hidden></div>
${none}${figures.join("\n")}
${trace ?? '<p class="sub no-trace">No telemetry of these runs: no power, temperature or utilisation to draw.</p>'}
${htmlRuns(chapter, basis, id)}
</section>`;
}

/** The run whose trace is shown first: Pareto-optimal with the best metric, else the first that has one. */
export function firstTraced(
  chapter: Chapter,
  traces: ReadonlyMap<string, RunTrace>,
): { readonly run: Run; readonly trace: RunTrace } | undefined {
  const metric = chapter.metric === null ? undefined : chapter.metrics[chapter.metric];
  const front = metric && chapter.metric !== null ? tradeOff(chapter, chapter.metric, metric.goal).front : [];
  const best = front
    .toReversed()
    .flatMap(({ configuration }) => configuration.runs.flatMap((index) => chapter.runs[index] ?? []));
  for (const run of [...best, ...chapter.runs]) {
    const trace = traces.get(run.id);
    if (trace && trace.channels.length > 0) return { run, trace };
  }
  return undefined;
}
