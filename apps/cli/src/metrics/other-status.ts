import type { LogScan } from "@ea/metrics-parser";
import type { Flag, RecordJson } from "@ea/records";
import { judge } from "@ea/runner";

/** What a run would be called by the metrics of its log. */
export interface OtherStatus {
  readonly status: RecordJson["status"];
  readonly failure_class: RecordJson["failure_class"];
  /** Empty for a success. */
  readonly error_message: string;
}

/** What a run would be called by these metrics, when that is not what its record says; a crash stays one. */
export function otherStatus(record: RecordJson, scan: LogScan): OtherStatus | undefined {
  const { status, failure_class, error_message } = record;
  if (failure_class !== null && failure_class !== "no-metric" && failure_class !== "nan") return undefined;
  const exit = { exitCode: 0, signal: undefined, endedBy: undefined, spawnError: undefined };
  const implausible = status === "suspect" ? (error_message ?? "") : undefined;
  const verdict = judge({ exit, log: scan, timeoutSeconds: 0, stallSeconds: 0, implausible });
  const failureClass = verdict.failureClass ?? null;
  if (verdict.status === status && failureClass === failure_class) return undefined;
  return { status: verdict.status, failure_class: failureClass, error_message: verdict.errorMessage };
}

/** The same as a flag of the metrics, and in words. */
export function otherStatusFlag(record: RecordJson, other: OtherStatus): Flag {
  const named = ({ status, failure_class }: Pick<OtherStatus, "status" | "failure_class">): string =>
    failure_class === null ? status : `${status} (${failure_class})`;
  const why = other.error_message === "" ? "" : `: ${other.error_message}`;
  const message = `by these metrics the run would be ${named(other)}, and its record says ${named(record)}${why}`;
  const { status, failure_class } = other;
  return { code: "metric-other-status", severity: "warning", message, evidence: { status, failure_class } };
}
