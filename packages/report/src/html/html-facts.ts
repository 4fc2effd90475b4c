import { leftOutReasons, machinesTable, metersTable, sessionsTable, summaryFacts } from "../model/fact-tables.ts";
import type { FlagFacts, ReportData } from "../model/report-data.ts";
import { basisWarning } from "../text/basis-warning.ts";
import { clip } from "../text/clip.ts";
import { escapeHtml } from "../text/escape-html.ts";
import { counted } from "../text/names.ts";
import { htmlTable } from "./html-table.ts";

/** Reasons, and runs of a flag, beyond which only their number is told. */
const MOST_REASONS = 6;
const MOST_IDS = 50;

/** What kind of figures these are, where they are not measured energies; and what was left out. */
export function htmlBanners({ basis, chapters, skipped }: ReportData): string {
  const warning = basisWarning(basis);
  const apart = leftOutReasons(chapters);
  const reasons = apart
    .slice(0, MOST_REASONS)
    .map(({ reason, count }) => `${counted(count, "run")}: ${escapeHtml(reason)}`);
  const files = skipped.map(
    ({ path, reason }) => `<li><bdi>${escapeHtml(clip(path, 300))}</bdi>: ${escapeHtml(clip(reason, 400))}</li>`,
  );
  const banners = [
    warning && `<strong>${warning.title}</strong> ${warning.text}`,
    apart.length > 0 &&
      `<strong>In the tables, but in no comparison:</strong> ${reasons.join("; ")}${apart.length > MOST_REASONS ? " …" : ""}.`,
    files.length > 0 &&
      `<strong>Could not be read, and not in this report: ${counted(files.length, "file")}.</strong><ul>${files.join("")}</ul>`,
  ];
  return banners
    .filter((banner) => typeof banner === "string")
    .map((text) => `<div class="banner" role="note">${text}</div>`)
    .join("\n");
}

/** The numbers to begin with. */
export function htmlSummary(data: ReportData): string {
  const items = summaryFacts(data).map(([term, value, addition]) => {
    const small = addition === "" ? "" : `<small>${escapeHtml(addition)}</small>`;
    return `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}${small}</dd></div>`;
  });
  return `<dl class="facts">${items.join("")}</dl>`;
}

/** What was run, on what, and by which meters it was measured. */
export function htmlCircumstances({ sessions, machines, meters }: ReportData): string {
  const tables = [
    htmlTable(sessionsTable(sessions), "Sessions"),
    htmlTable(machinesTable(machines), "Machines"),
    htmlTable(metersTable(meters), "Meters"),
  ];
  return `<div class="facts-table">${tables.join("\n")}</div>`;
}

/** Every flag, and whom it concerns. */
export function htmlFlags(flags: readonly FlagFacts[]): string {
  if (flags.length === 0) return '<p class="flags">No run carries a flag.</p>';
  const items = flags.map(({ code, severity, message, ids }) => {
    const names = ids.slice(0, MOST_IDS).map((id) => `<li><bdi>${escapeHtml(id)}</bdi></li>`);
    const rest = ids.length > MOST_IDS ? `<li>and ${ids.length - MOST_IDS} more</li>` : "";
    const head = `<span class="${severity}">${severity}</span> <code>${escapeHtml(clip(code, 80))}</code>`;
    const which = `<details><summary>Which</summary><ul>${names.join("")}${rest}</ul></details>`;
    return `<li>${head}, ${counted(ids.length, "run")}: ${escapeHtml(clip(message, 400))}${which}</li>`;
  });
  return `<ul class="flags">${items.join("\n")}</ul>`;
}
