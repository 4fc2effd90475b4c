import { chapterFigures, firstState } from "./figures/chapter-figures.ts";
import type { Figure, FigureTable } from "./figures/figure.ts";
import { wasteFigure, wasteSentence } from "./figures/waste-figure.ts";
import { citation } from "./html/html-reproduce.ts";
import { analysisOf } from "./model/analysis-of.ts";
import {
  flagsTable,
  leftOutReasons,
  machinesTable,
  metersTable,
  sessionsTable,
  summaryFacts,
} from "./model/fact-tables.ts";
import { reportDataOf } from "./model/report-data-of.ts";
import type { ReportInput } from "./report-input.ts";
import { basisWarning } from "./text/basis-warning.ts";
import { markdownTable, markdownText } from "./text/markdown.ts";
import { counted } from "./text/names.ts";

/** Rows of a table beyond which the Markdown has only the first: the HTML has all. */
const MOST_ROWS = 30;

/** The report as Markdown: findings and numbers without the charts. */
export function renderMarkdown(input: ReportInput): string {
  const data = reportDataOf(input);
  const warning = basisWarning(data.basis);
  const apart = leftOutReasons(data.chapters);
  const waste = wasteFigure(data);
  const parts = [
    `# Energy report: ${markdownText(data.sessions.map(({ name }) => name).join(", "))}`,
    warning && `> **${warning.title}** ${warning.text}`,
    apart.length > 0 &&
      `> In the tables, but in no comparison: ${apart.map(({ reason, count }) => `${counted(count, "run")}: ${markdownText(reason)}`).join("; ")}.`,
    data.skipped.length > 0 &&
      `> Could not be read and left out: ${data.skipped.map(({ path, reason }) => markdownText(`${path} (${reason})`)).join("; ")}.`,
    markdownTable({ header: ["", "", ""], rows: summaryFacts(data) }),
    ...data.chapters.flatMap((chapter) => [
      `## ${markdownText(chapter.repository)}`,
      ...chapterFigures(chapter, data.basis, firstState(chapter)).flatMap(figureParts),
    ]),
    "## Analysis",
    ...analysisOf(input).flatMap(({ title, note, table }) => [
      `### ${title}`,
      markdownText(note),
      markdownTable(firstRows(table)),
    ]),
    "## Flags",
    data.flags.length === 0 ? "No run carries a flag." : markdownTable(flagsTable(data.flags)),
    "## Wasted energy",
    wasteSentence(data),
    waste && waste.table !== "runs" && markdownTable(waste.table),
    "## What was run, on what, measured by what",
    ...[sessionsTable(data.sessions), machinesTable(data.machines), metersTable(data.meters)].map(markdownTable),
    "## Cite",
    markdownText(citation(data)),
  ];
  return `${parts.filter((part) => typeof part === "string").join("\n\n")}\n`;
}

function figureParts({ title, finding, table }: Figure): readonly string[] {
  const texts = [`### ${markdownText(title)}`, markdownText(finding)];
  return table === "runs" ? texts : [...texts, markdownTable(firstRows(table))];
}

function firstRows({ header, rows }: FigureTable): FigureTable {
  if (rows.length <= MOST_ROWS) return { header, rows };
  const rest = [`… and ${rows.length - MOST_ROWS} more`, ...header.slice(1).map(() => "")];
  return { header, rows: [...rows.slice(0, MOST_ROWS), rest] };
}
