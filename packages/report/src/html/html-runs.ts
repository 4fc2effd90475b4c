import type { CostBasis } from "@ea/analysis";
import type { Chapter, Run } from "../model/report-data.ts";
import { runColumns } from "../table/run-columns.ts";
import { clip } from "../text/clip.ts";
import { escapeHtml } from "../text/escape-html.ts";

/** The table of a chapter's runs; a browser makes it sortable and adds the filter. */
export function htmlRuns(chapter: Chapter, basis: CostBasis, id: string): string {
  const columns = runColumns(chapter, basis);
  const hasOneSession = new Set(chapter.runs.map(({ session }) => session)).size === 1;
  const head = columns
    .map(
      ({ title, kind }) =>
        `<th scope="col"${kind === "number" ? ' class="n"' : ""}>${escapeHtml(clip(title, 60))}</th>`,
    )
    .join("");
  const rows = chapter.runs.map((run, index) => {
    const cells = columns.slice(1).map((column) => {
      const text = column.text(run);
      return `<td${column.kind === "number" ? ' class="n"' : ""}>${escapeHtml(clip(text, 200))}</td>`;
    });
    return `<tr data-run="${index}"><th scope="row">${htmlId(run, hasOneSession)}</th>${cells.join("")}</tr>`;
  });
  return `<section class="runs" aria-labelledby="${id}-runs"><h3 id="${id}-runs">Runs</h3>
<div class="tools" hidden></div>
<div class="scroll tall" tabindex="0" role="region" aria-label="Table of runs"><table class="runs"><caption>Runs; energy with the uncertainty of its meters (±, about 95 %)</caption><thead><tr>${head}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div></section>`;
}

/** The id of a run; what all have in common takes no room, and is still there to copy and to hear. */
function htmlId({ id, session }: Run, hasOneSession: boolean): string {
  const common = `${session}_`;
  if (!hasOneSession || !id.startsWith(common)) return escapeHtml(id);
  return `<span class="common">${escapeHtml(common)}</span>${escapeHtml(id.slice(common.length))}`;
}
