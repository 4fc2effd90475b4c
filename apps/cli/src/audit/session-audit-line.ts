import { auditSessions, type SessionAudit } from "./audit-sessions.ts";
import { countsText } from "./audit-text.ts";

/** What the audit of a session that has just ended comes to: `Audit: 1 error, 2 warnings, 0 notes: contaminated, hot`. */
export interface SessionAuditLine {
  readonly line: string;
  readonly hasErrors: boolean;
}

/** Audits one session; `undefined` where there is nothing to warn of. The session is over: a fault in this is told, and no more. */
export async function sessionAuditLine(directory: string): Promise<SessionAuditLine | undefined> {
  try {
    return lineOf(await auditSessions([directory]));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { line: `Audit: not done: ${why}`, hasErrors: false };
  }
}

function lineOf({ findings, skipped }: SessionAudit): SessionAuditLine | undefined {
  const grave = findings.filter(({ severity }) => severity !== "info");
  if (grave.length === 0 && skipped.length === 0) return undefined;
  const codes = [...new Set(grave.map(({ code }) => code))].join(", ");
  const unread = skipped.length === 0 ? "" : `; ${skipped.length} could not be read`;
  return {
    line: `Audit: ${countsText(findings)}${codes === "" ? "" : `: ${codes}`}${unread}`,
    hasErrors: findings.some(({ severity }) => severity === "error"),
  };
}
