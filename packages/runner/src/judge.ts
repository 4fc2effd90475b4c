import type { LogScan, MetricResult } from "@ea/metrics-parser";
import type { FailureClass, Flag } from "@ea/records";
import { describeMetric, foundMetrics, logFlags } from "./metric-flags.ts";
import type { CommandExit } from "./supervise.ts";

/** Marks an attempt that its job's time limit has ended. */
export const TIME_LIMIT_FLAG = "time-limit";

/** What an attempt amounts to. */
export interface Verdict {
  readonly status: "success" | "failed" | "suspect";
  readonly failureClass: FailureClass | undefined;
  /** Empty after a success. */
  readonly errorMessage: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly flags: readonly Flag[];
}

/** What is known when an attempt is judged. */
export interface Evidence {
  readonly exit: Pick<CommandExit, "exitCode" | "signal" | "endedBy" | "spawnError">;
  readonly log: LogScan;
  readonly timeoutSeconds: number;
  readonly stallSeconds: number;
  /** Why its amount of work is not plausible; `undefined` when it is, or when nothing can be said. */
  readonly implausible: string | undefined;
}

/** Judges an attempt: success needs a clean exit, the metrics, no fatal pattern and plausible work. */
export function judge(evidence: Evidence): Verdict {
  const { log, implausible } = evidence;
  const metrics = foundMetrics(log.metrics);
  const failure = findFailure(evidence);
  // A training that crashed has not come to its metrics: to miss them says nothing more
  const isAboutMetrics = failure === undefined || failure[0] === "nan" || failure[0] === "no-metric";
  const flags = [...(isAboutMetrics ? logFlags(log) : []), ...timeLimitFlags(evidence)];
  if (failure) return { status: "failed", failureClass: failure[0], errorMessage: failure[1], metrics, flags };
  if (implausible !== undefined) {
    const flag: Flag = { code: "implausible", severity: "error", message: implausible, evidence: {} };
    return { status: "suspect", failureClass: undefined, errorMessage: implausible, metrics, flags: [...flags, flag] };
  }
  return { status: "success", failureClass: undefined, errorMessage: "", metrics, flags };
}

/** What tells, as long as the attempt is there, that another one would need more time. */
function timeLimitFlags({ exit: { endedBy } }: Evidence): readonly Flag[] {
  if (endedBy !== "time-limit") return [];
  const message = "the job's time was over before the training's";
  return [{ code: TIME_LIMIT_FLAG, severity: "warning", message, evidence: {} }];
}

function findFailure({
  exit,
  log,
  timeoutSeconds,
  stallSeconds,
}: Evidence): readonly [FailureClass, string] | undefined {
  const fatal = (name: string): string | undefined => {
    const match = log.fatal.find((candidate) => candidate.name === name);
    return match && `line ${match.line} of the log: ${match.text}`;
  };
  if (exit.spawnError) return ["spawn", `the training could not be started: ${exit.spawnError.message}`];
  if (exit.endedBy === "interrupt") return ["interrupted", "interrupted by the user"];
  if (exit.endedBy === "time-limit") return ["preempted", "ended because the time of its job was nearly over"];
  if (exit.endedBy === "preempt") return ["preempted", "ended by the scheduler: preempted, cancelled or queued again"];
  if (exit.endedBy === "timeout") return ["timeout", `not finished after ${timeoutSeconds} s`];
  if (exit.endedBy === "stall") return ["stalled", `no output and no CPU time for ${stallSeconds} s`];
  const isClean = exit.exitCode === 0;
  const oom = fatal("oom");
  if (oom !== undefined) return ["oom", `out of memory; ${oom}`];
  if (exit.signal !== undefined) return ["signal", `killed by ${exit.signal}`];
  const crash = fatal("crash");
  if (!isClean) {
    const lastLine = log.lastLine === undefined ? "the log is empty" : `the log ends with: ${log.lastLine}`;
    return ["crash", `exit code ${exit.exitCode}; ${lastLine}`];
  }
  if (crash !== undefined) return ["crash", `exit code 0, but ${crash}`];
  return findMetricFailure(log.metrics);
}

function findMetricFailure(metrics: readonly MetricResult[]): readonly [FailureClass, string] | undefined {
  const decisive = metrics.filter(({ required }) => required !== false);
  const notFinite = decisive.find(({ outcome }) => outcome === "not-finite");
  if (notFinite) return ["nan", `metric ${notFinite.name} is ${notFinite.text} (line ${notFinite.line} of the log)`];
  const missing = decisive.find(({ required, outcome }) => required === true && outcome !== "found");
  if (missing) return ["no-metric", `required metric ${missing.name}: ${describeMetric(missing)}`];
  const any = metrics.filter(({ required }) => required === "any");
  if (any.length > 0 && !any.some(({ outcome }) => outcome === "found")) {
    return ["no-metric", `none of the metrics was found in the log: ${any.map(({ name }) => name).join(", ")}`];
  }
  return undefined;
}
