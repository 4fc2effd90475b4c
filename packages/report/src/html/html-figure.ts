import type { Figure } from "../figures/figure.ts";
import { figureSvg } from "../server-svg.ts";
import { escapeHtml } from "../text/escape-html.ts";
import { THEMES } from "../theme.ts";
import { htmlTable } from "./html-table.ts";

/** A chart as it reads without JavaScript: its finding, a picture, its numbers. */
export function htmlFigure(figure: Figure, chapter: string, run?: string): string {
  const id = `${chapter}-${figure.id}`;
  const svg = figureSvg(figure, THEMES.light, { id });
  return `<figure class="chart" data-figure="${figure.id}"${run === undefined ? "" : ` data-run="${escapeHtml(run)}"`} id="${id}">
<h3>${escapeHtml(figure.title)}</h3>
<p class="finding" aria-live="polite">${escapeHtml(figure.finding)}</p>
<div class="frame"><div class="canvas drawn-before" role="img" aria-label="${escapeHtml(`${figure.title}. ${figure.finding}`)}">${svg}</div></div>
<figcaption>${escapeHtml(figure.note)}</figcaption>
${numbers(figure, chapter)}
</figure>`;
}

function numbers({ table, title }: Figure, chapter: string): string {
  if (table === "runs") return `<p class="sub"><a href="#${chapter}-runs">Its numbers: the table of runs</a></p>`;
  return `<details><summary>Numbers of this chart</summary>${htmlTable(table, title)}</details>`;
}
