import type { CostBasis } from "@ea/analysis";
import type { Chapter } from "../model/report-data.ts";
import { runColumns } from "../table/run-columns.ts";
import { clip } from "../text/clip.ts";
import { escapeHtml } from "../text/escape-html.ts";

/** The table of a chapter's runs; a browser makes it sortable and adds the filter. */
export function htmlRuns(chapter: Chapter, basis: CostBasis, id: string): string {
  const columns = runColumns(chapter, basis);
  const head = columns
    .map(
      ({ title, kind }) =>
        `<th scope="col"${kind === "number" ? ' class="n"' : ""}>${escapeHtml(clip(title, 60))}</th>`,
    )
    .join("");
  const rows = chapter.runs.map((run, index) => {
    const [first, ...rest] = columns;
    const cells = rest.map((column) => {
      const text = column.text(run);
      return `<td${column.kind === "number" ? ' class="n"' : ""}>${escapeHtml(clip(text, 200))}</td>`;
    });
    return `<tr data-run="${index}"><th scope="row">${escapeHtml(first?.text(run) ?? "")}</th>${cells.join("")}</tr>`;
  });
  return `<section class="runs" aria-labelledby="${id}-runs"><h3 id="${id}-runs">Runs</h3>
<div class="tools" hidden></div>
<div class="scroll tall" tabindex="0" role="region" aria-label="Table of runs"><table class="runs"><caption>Runs; energy with the uncertainty of its meters (±, about 95 %)</caption><thead><tr>${head}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div></section>`;
}
