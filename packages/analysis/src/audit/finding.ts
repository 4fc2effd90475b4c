import type { Flag } from "@ea/records";
import type { AuditRun } from "./audit-run.ts";

/** A flag, and the run that it is about; the same in memory and on disk. */
export interface Finding extends Flag {
  readonly experiment_id: string;
  /** Where the run was imported from; `null` for a run of `ea`. */
  readonly source: string | null;
}

/** A finding about a run. */
export function finding(
  run: AuditRun,
  code: string,
  severity: Flag["severity"],
  message: string,
  evidence: Flag["evidence"],
): Finding {
  return { experiment_id: run.id, source: run.source ?? null, code, severity, message, evidence };
}
