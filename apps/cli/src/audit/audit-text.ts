import type { Finding } from "@ea/analysis";
import type { SessionAudit } from "./audit-sessions.ts";
import { codeText } from "./what-to-do.ts";

/** Of the runs with the same finding, so many are named. */
const MOST_NAMED = 5;

const ORDER = ["error", "warning", "info"] as const;

/** Findings by code, the gravest first: how many, what it means, what they say of some runs, and what to do. */
export function auditText({ runs, skipped }: SessionAudit, findings: readonly Finding[]): string {
  const codes = [...new Set(findings.map(({ code }) => code))].map((code) =>
    findings.filter((each) => each.code === code),
  );
  const sorted = codes.toSorted((a, b) => rank(a) - rank(b) || b.length - a.length);
  const flagged = new Set(findings.filter(({ severity }) => severity === "error").map((each) => each.experiment_id));
  return [
    ...sorted.map(groupText),
    ...skipped.map(({ path, reason }) => `not read: ${path}: ${reason}\n`),
    `${runs.length} runs audited: ${countsText(findings)}; ${flagged.size} of them should not be used as they are\n`,
  ].join("");
}

/** `3 errors, 12 warnings, 1 note`. */
export function countsText(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]): number => findings.filter((each) => each.severity === severity).length;
  const text = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
  return [text(count("error"), "error"), text(count("warning"), "warning"), text(count("info"), "note")].join(", ");
}

function rank([first]: readonly Finding[]): number {
  return ORDER.indexOf(first?.severity ?? "info");
}

function groupText(findings: readonly Finding[]): string {
  const [first] = findings;
  if (!first) return "";
  const named = findings.slice(0, MOST_NAMED).map((each) => `  ${each.experiment_id}: ${each.message}\n`);
  const more = findings.length - named.length;
  const rest = more > 0 ? `  … and ${more} more\n` : "";
  const runs = new Set(findings.map(({ experiment_id: id }) => id)).size;
  const text = codeText(first.code);
  const [means, todo] = text ? [`: ${text.means}`, `  → ${text.todo}\n`] : ["", ""];
  return `${first.severity} ${first.code} (${runs} run${runs === 1 ? "" : "s"})${means}\n${named.join("")}${rest}${todo}\n`;
}
