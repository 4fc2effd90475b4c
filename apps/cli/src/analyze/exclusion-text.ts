import type { StudyAnalysis } from "@ea/analysis";

/** Of runs that are excluded for the same reason, so many are named. */
const MOST_NAMED = 3;

/** What is left out, and why; by reasons, the commonest first. */
export function exclusionText({ excluded, runs, used, excludesFlagged }: StudyAnalysis): string {
  const codes = new Map<string, { readonly id: string; readonly message: string }[]>();
  for (const { experimentId, reasons } of excluded) {
    for (const { code, message } of reasons) {
      codes.set(code, [...(codes.get(code) ?? []), { id: experimentId, message }]);
    }
  }
  const lines = [...codes]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([code, found]) => {
      const named = found.slice(0, MOST_NAMED).map(({ id, message }) => `    ${id}: ${message}\n`);
      const more = found.length > MOST_NAMED ? `    … and ${found.length - MOST_NAMED} more\n` : "";
      return `  ${code} (${found.length} ${found.length === 1 ? "run" : "runs"})\n${named.join("")}${more}`;
    });
  const kept = excludesFlagged ? "" : "; flagged runs are kept (--no-exclude-flagged)";
  if (excluded.length === 0) return `All ${runs} runs are used${kept}.\n`;
  return `${used} of ${runs} runs are used, ${excluded.length} excluded${kept}:\n${lines.join("")}`;
}
