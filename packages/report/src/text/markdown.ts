import type { FigureTable } from "../figures/figure.ts";

/** Text as it may stand in a paragraph or a cell: no mark of Markdown or HTML takes effect. */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~&]/g, (mark) => `\\${mark}`);
}

/** A table of GitHub's Markdown. */
export function markdownTable({ header, rows }: FigureTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(" | ")} |`;
  return [line(header), `|${header.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}
