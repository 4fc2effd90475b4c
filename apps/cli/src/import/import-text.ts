import type { ImportReport, NotRead } from "@ea/exchange";

/** How many of the same are named; the report in the results has all of them. */
const NAMED = 3;
const ENERGIES: readonly (readonly [name: string, words: string])[] = [
  ["gpu", "GPU energy"],
  ["cpu_package", "CPU energy"],
  ["dram", "DRAM energy"],
];

/** What an import has done, for people. */
export function importText(report: ImportReport): string {
  const { counts, sessions, tables } = report;
  const done = report.dry_run ? "would be imported" : "imported";
  const lines = [
    `${amount(report.found, "run")} found, ${report.imported} ${done} as ${amount(sessions.length, "session")}` +
      `, ${report.already_imported} there already, ${report.not_imported.length} not imported`,
    ...row("status", counts.status),
    ...row("mode", counts.mode),
    ...ENERGIES.flatMap(([name, words]) => row(words, counts.energy[name] ?? {})),
    ...row("metrics from", counts.metrics),
    ...row("parameters from", counts.hyperparameters),
    ...tables.map(
      ({ file, rows, matched, of_earlier_imports: earlier, unmatched, bad_rows: bad }) =>
        `  table ${file}: ${rows} rows, ${matched} taken, ${unmatched.length} of runs that were not found` +
        `${earlier > 0 ? `, ${earlier} of runs imported before` : ""}${bad > 0 ? `, ${bad} of another width left out` : ""}`,
    ),
    ...reasons("Not imported", report.not_imported),
    ...reasons("Not read", report.not_read),
  ];
  return `${lines.join("\n")}\n`;
}

function amount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function row(words: string, counts: Readonly<Record<string, number>>): readonly string[] {
  const parts = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return parts.length === 0 ? [] : [`  ${words}: ${parts.map(([name, count]) => `${count} ${name}`).join(", ")}`];
}

/** Grouped by their reasons, the most frequent one first. */
function reasons(title: string, entries: readonly NotRead[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { file, reason } of entries) {
    const words = reason.replaceAll(file, "…");
    const files = groups.get(words);
    if (files) files.push(file);
    else groups.set(words, [file]);
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const lines = sorted.map(([reason, files]) => {
    const more = files.length > NAMED ? `, and ${files.length - NAMED} more` : "";
    return `  ${files.slice(0, NAMED).join(", ")}${more}: ${reason}`;
  });
  return lines.length === 0 ? [] : [`${title} (${entries.length}):`, ...lines];
}
