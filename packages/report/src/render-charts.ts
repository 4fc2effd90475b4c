import { chapterFigures, firstState } from "./figures/chapter-figures.ts";
import type { Figure } from "./figures/figure.ts";
import { traceFigure } from "./figures/trace-figure.ts";
import { wasteFigure } from "./figures/waste-figure.ts";
import { firstTraced } from "./html/html-chapter.ts";
import { reportDataOf } from "./model/report-data-of.ts";
import type { ReportInput } from "./report-input.ts";
import { figureSvg } from "./server-svg.ts";
import { THEMES } from "./theme.ts";

/** A chart of a report as a file of its own. */
export interface ChartFile {
  /** Unique and safe as a file name; without an ending. */
  readonly name: string;
  readonly svg: string;
  /** What it shows, in a sentence: a caption. */
  readonly finding: string;
}

/** The charts of a report as pictures for a paper: light, on white. */
export function renderCharts(input: ReportInput): readonly ChartFile[] {
  const data = reportDataOf(input);
  const waste = wasteFigure(data);
  const figures = data.chapters.flatMap((chapter, index) => {
    const prefix =
      data.chapters.length > 1 ? `${index + 1}-${chapter.repository.replace(/[^\w.-]/g, "-").slice(0, 60)}-` : "";
    const traced = firstTraced(chapter, input.traces);
    const all = [
      ...chapterFigures(chapter, data.basis, firstState(chapter)),
      ...(traced ? [traceFigure(traced.run, traced.trace, { from: 0, to: 1 })] : []),
    ];
    return all.map((figure) => ({ name: `${prefix}${figure.id}`, figure }));
  });
  return [...figures, ...(waste ? [{ name: waste.id, figure: waste }] : [])].map(({ name, figure }) =>
    chartFile(name, figure),
  );
}

function chartFile(name: string, figure: Figure): ChartFile {
  const svg = figureSvg(figure, THEMES.light, { id: name, background: "#ffffff" });
  return { name, svg, finding: figure.finding };
}
