import type { Flag } from "@ea/records";
import type { AuditRun } from "./audit-run.ts";

/** A flag, and the run that it is about; the same in memory and on disk. */
export interface Finding extends Flag {
  readonly experiment_id: string;
  /** Where the run was imported from; `null` for a run of `ea`. */
  readonly source: string | null;
}

/** The codes of an audit's own findings; beside these it tells those that records have of themselves. */
export const AUDIT_CODES = [
  "contaminated",
  "perhaps-contaminated",
  "energy-of-another-run",
  "unit-mistake",
  "published-differs",
  "false-success",
  "failure-in-log",
  "short-run",
  "no-work",
  "parameter-ineffective",
  "parameter-differs",
  "parameter-rounded",
  "incomplete-parameters",
  "duplicate-id",
  "duplicate-timestamp",
  "no-trace",
  "starved-sampler",
  "trace-gap",
  "low-coverage",
  "metric-is-count",
  "metric-out-of-range",
  "metric-missing",
  "collapsed-training",
  "cpu-training",
  "sampler-artefact",
  "cold-start",
  "hot",
  "start-temperature",
  "cool-down-skipped",
  "outlier",
] as const;
/** A code of an audit's own findings. */
export type AuditCode = (typeof AUDIT_CODES)[number];

/** A finding about a run. */
export function finding(
  run: AuditRun,
  code: AuditCode,
  severity: Flag["severity"],
  message: string,
  evidence: Flag["evidence"],
): Finding {
  return { experiment_id: run.id, source: run.source ?? null, code, severity, message, evidence };
}
