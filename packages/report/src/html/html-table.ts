import type { FigureTable } from "../figures/figure.ts";
import { escapeHtml } from "../text/escape-html.ts";

/** A table with a caption for those who hear it; it scrolls inside its frame. */
export function htmlTable({ header, rows }: FigureTable, caption: string): string {
  const head = header.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`).join("\n");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>`;
}
