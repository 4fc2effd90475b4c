import { analysisLine } from "../analyze/analysis-line.ts";
import { type ReadStudy, readStudy } from "../analyze/read-study.ts";
import { countsText } from "./audit-text.ts";

/** What the audit of a session that has just ended comes to: `Audit: 1 error, 2 warnings, 0 notes: contaminated, hot`. */
interface SessionAuditLine {
  readonly line: string;
  readonly hasErrors: boolean;
}

/** What a session that has just ended has to say for itself; nothing where there is nothing to say. */
export interface SessionLines {
  readonly audit: SessionAuditLine | undefined;
  readonly analysis: string | undefined;
}

/** Audits and analyses one session. It is over: a fault in this is told, and no more. */
export async function sessionLines(directory: string): Promise<SessionLines> {
  try {
    const study = await readStudy([directory]);
    return { audit: lineOf(study), analysis: analysisLine(study) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { audit: { line: `Audit: not done: ${why}`, hasErrors: false }, analysis: undefined };
  }
}

function lineOf({ findings, skipped }: ReadStudy): SessionAuditLine | undefined {
  const grave = findings.filter(({ severity }) => severity !== "info");
  if (grave.length === 0 && skipped.length === 0) return undefined;
  const codes = [...new Set(grave.map(({ code }) => code))].join(", ");
  const unread = skipped.length === 0 ? "" : `; ${skipped.length} could not be read`;
  return {
    line: `Audit: ${countsText(findings)}${codes === "" ? "" : `: ${codes}`}${unread}`,
    hasErrors: findings.some(({ severity }) => severity === "error"),
  };
}
