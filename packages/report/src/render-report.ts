// Who imports these sources has not our tsconfig
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./script-import.d.ts" />
import { createHash } from "node:crypto";
import { script } from "./browser/main.ts?script";
import { wasteFigure, wasteSentence } from "./figures/waste-figure.ts";
import { htmlAnalysis } from "./html/html-analysis.ts";
import { htmlChapter } from "./html/html-chapter.ts";
import { htmlBanners, htmlCircumstances, htmlFlags, htmlSummary } from "./html/html-facts.ts";
import { htmlFigure } from "./html/html-figure.ts";
import { citation, htmlReproduce } from "./html/html-reproduce.ts";
import { PAGE_STYLE } from "./html/page-style.ts";
import { analysisOf } from "./model/analysis-of.ts";
import { reportDataOf } from "./model/report-data-of.ts";
import { packPageData } from "./pack-page-data.ts";
import type { ReportInput } from "./report-input.ts";
import { clip } from "./text/clip.ts";
import { escapeHtml } from "./text/escape-html.ts";
import { fitTraces } from "./traces/fit-traces.ts";

/** Our script as it may stand inside its element. */
const SCRIPT = script.replace(/<\/(script)/gi, "<\\/$1").replaceAll("<!--", "<\\!--");

/**
 * The report as one HTML file that needs nothing else: no network, no other file. Only its own script may run, by hash.
 * The same input gives the same text.
 */
export function renderReport(input: ReportInput): string {
  const data = reportDataOf(input);
  const traces = fitTraces(input.traces);
  const records = input.sessions.flatMap((session) => session.records);
  const title = `Energy report: ${clip(data.sessions.map(({ name }) => name).join(", "), 160)}`;
  const waste = wasteFigure(data);
  const hash = createHash("sha256").update(SCRIPT).digest("base64");
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="ea ${escapeHtml(data.toolVersion)}">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><div><h1>${escapeHtml(title)}</h1><p class="sub">Made by ea ${escapeHtml(data.toolVersion)} on ${escapeHtml(data.createdAt)}</p></div><button id="theme" type="button" hidden>Dark</button></header>
<main>
${htmlBanners(data)}
${htmlSummary(data)}
${data.chapters.map((chapter, index) => htmlChapter(chapter, data.basis, { id: `chapter-${index}`, traces })).join("\n")}
<section aria-labelledby="analysis"><h2 id="analysis">Analysis</h2>
<p class="sub">Models apart, by themselves and beside a load; methods in docs/analyze.md.</p>
${htmlAnalysis(analysisOf(input))}</section>
<section aria-labelledby="flags"><h2 id="flags">Flags</h2>
<p class="sub">What to know before using the numbers, as the records have it.</p>
${htmlFlags(data.flags)}</section>
<section id="waste-of-all" aria-labelledby="waste"><h2 id="waste">Wasted energy</h2>
${waste ? htmlFigure(waste, "all") : `<p>${escapeHtml(wasteSentence(data))}</p>`}</section>
<section aria-labelledby="how"><h2 id="how">What was run, on what, measured by what</h2>
${htmlCircumstances(data)}</section>
<section aria-labelledby="again"><h2 id="again">Reproduce</h2>
${htmlReproduce(data, records)}</section>
<section aria-labelledby="cite"><h2 id="cite">Cite</h2>
<p id="citation">${escapeHtml(clip(citation(data), 2000))}</p></section>
</main>
<footer><p class="sub">Charts: Apache ECharts 6.1.0 (Apache-2.0), ZRender (BSD-3-Clause). Statistics: simple-statistics (ISC), jStat and ml-matrix (MIT).</p></footer>
<script type="text/plain" id="ea-data">${packPageData(data, traces)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
