import type { Finding } from "../audit/finding.ts";
import type { StudyRun } from "./study-run.ts";

/** A run that no figure is made of, and what speaks against it. */
export interface Exclusion {
  readonly experimentId: string;
  readonly repository: string;
  readonly model: string;
  /** `failed`, `suspect`, or the code of a finding. */
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
}

/** Runs by what may be made of them. */
export interface Quarantine {
  /** Successful runs that nothing grave speaks against. */
  readonly sound: readonly StudyRun[];
  /** Every run that was called a success, by its record or by whoever published it. */
  readonly claimed: readonly StudyRun[];
  readonly excluded: readonly Exclusion[];
}

/** Sets aside what did not succeed, and what an audit's findings or a record's own flags call an error. */
export function quarantine(runs: readonly StudyRun[], findings: readonly Finding[]): Quarantine {
  const errors = new Map<string, Exclusion["reasons"][number][]>();
  for (const { experiment_id: id, code, severity, message } of findings) {
    if (severity === "error") errors.set(id, [...(errors.get(id) ?? []), { code, message }]);
  }
  const excluded: Exclusion[] = [];
  const sound: StudyRun[] = [];
  for (const run of runs) {
    const { experiment_id: experimentId, repository, model, status, error_message: message, flags } = run.record;
    const found = errors.get(experimentId) ?? [];
    const own = flags.filter(({ severity, code }) => severity === "error" && found.every((each) => each.code !== code));
    const reasons = [
      ...(status === "success" ? [] : [{ code: status, message: message || "it did not end in a success" }]),
      ...found,
      ...own.map((flag) => ({ code: flag.code, message: flag.message })),
    ];
    if (reasons.length === 0) sound.push(run);
    else excluded.push({ experimentId, repository, model, reasons });
  }
  return { sound, claimed: runs.filter(isClaimed), excluded };
}

function isClaimed({ record }: StudyRun): boolean {
  const published = record.imported?.published ?? [];
  return record.status === "success" || published.some(({ training_success: isSuccess }) => isSuccess === true);
}

/** Findings by which the value of a metric cannot stand beside those of other runs. */
const SPOILT_METRIC: readonly string[] = ["metric-is-count", "metric-out-of-range", "unit-mistake"];

/** The runs without those values of metrics that an audit says are in another unit. */
export function withoutSpoiltMetrics(runs: readonly StudyRun[], findings: readonly Finding[]): readonly StudyRun[] {
  const spoilt = new Map<string, Set<unknown>>();
  for (const { experiment_id: id, code, evidence } of findings) {
    if (SPOILT_METRIC.includes(code)) spoilt.set(id, (spoilt.get(id) ?? new Set()).add(evidence["metric"]));
  }
  return runs.map((run) => {
    const names = spoilt.get(run.record.experiment_id);
    if (!names) return run;
    const metrics = Object.entries(run.record.performance_metrics).filter(([name]) => !names.has(name));
    return { ...run, record: { ...run.record, performance_metrics: Object.fromEntries(metrics) } };
  });
}
