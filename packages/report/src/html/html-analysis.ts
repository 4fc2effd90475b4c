import type { AnalysisTable } from "../model/analysis-tables.ts";
import { escapeHtml } from "../text/escape-html.ts";
import { htmlTable } from "./html-table.ts";

/** What the analysis has found, as tables. */
export function htmlAnalysis(tables: readonly AnalysisTable[]): string {
  if (tables.length === 0) return "<p>There is too little to analyse.</p>";
  const parts = tables.map(({ title, note, table }) => {
    return `<h3>${escapeHtml(title)}</h3>\n<p class="sub">${escapeHtml(note)}</p>\n${htmlTable(table, title)}`;
  });
  return `<div class="facts-table">${parts.join("\n")}</div>`;
}
