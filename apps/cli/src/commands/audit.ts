import { type Finding, thresholdsWith } from "@ea/analysis";
import type { AuditFlags } from "../audit/audit-options.ts";
import { auditSessions } from "../audit/audit-sessions.ts";
import { auditText } from "../audit/audit-text.ts";
import { thresholdRequest } from "../audit/threshold-request.ts";
import { EXIT } from "../exit-codes.ts";
import { findSessions } from "../report/find-sessions.ts";
import type { Terminal } from "../terminal.ts";

/** Version of the document that `--json` prints. */
const SCHEMA_VERSION = 1;

const SEVERITIES = ["info", "warning", "error"] as const;

/** `ea audit`: every run whose number should not be trusted, and why. */
export async function audit(flags: AuditFlags, terminal: Terminal): Promise<number> {
  const changed = thresholdRequest(flags.threshold ?? []);
  const found = await auditSessions(findSessions(flags.sessions, flags.results, terminal), changed);
  const least = SEVERITIES.indexOf(flags.severity ?? "info");
  const isAsked = ({ code, severity }: Finding): boolean =>
    SEVERITIES.indexOf(severity) >= least && (flags.only === undefined || flags.only.includes(code));
  const findings = found.findings.filter(isAsked);
  if (flags.json) {
    const document = {
      schema_version: SCHEMA_VERSION,
      runs: found.runs.length,
      findings,
      summary: countsByCode(findings),
      not_read: found.skipped,
      thresholds: thresholdsWith(changed),
    };
    terminal.out(`${JSON.stringify(document, undefined, 2)}\n`);
  } else {
    terminal.out(auditText(found, findings));
  }
  const isFound = (severity: Finding["severity"]): boolean => findings.some((each) => each.severity === severity);
  return isFound("error") || (flags.strict && isFound("warning")) ? EXIT.auditFound : EXIT.ok;
}

function countsByCode(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
