import type { Finding, Goal } from "@ea/analysis";
import type { Plan, RecordJson } from "@ea/records";

/** What a report is made of: everything has been read already. */
export interface ReportInput {
  readonly sessions: readonly SessionInput[];
  /** Files that could not be used. */
  readonly skipped: readonly SkippedFile[];
  /** By experiment id; runs without telemetry have none. */
  readonly traces: ReadonlyMap<string, RunTrace>;
  /** What an audit has found about the runs; the records' own flags count without it. */
  readonly findings?: readonly Finding[] | undefined;
  /** The metric to begin with; the one that most runs have when `undefined`. */
  readonly metric?: string | undefined;
  /** Which way that metric is better; by its name when `undefined`. */
  readonly goal?: Goal | undefined;
  /** For carbon and cost: only what the user has said. */
  readonly factors?: DerivationFactors | undefined;
  readonly toolVersion: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** One session: what was planned and what has ended. */
export interface SessionInput {
  readonly name: string;
  /** `undefined` where there is none, or none that can be read. */
  readonly plan: Plan | undefined;
  readonly records: readonly RecordJson[];
}

/** A file that could not be used, and why. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** Numbers from which carbon and cost are derived. */
export interface DerivationFactors {
  readonly gramsPerKwh: number | undefined;
  readonly pricePerKwh: number | undefined;
  /** Power usage effectiveness: how much more the building draws; 1 leaves the energy as it is. */
  readonly pue: number;
}

/** The telemetry of a run, reduced to a few points for drawing. */
export interface RunTrace {
  readonly channels: readonly TraceChannel[];
  /** When epochs ended, in seconds since the run's start. */
  readonly epochs: readonly EpochMark[];
}

/** One line of a trace. */
export interface TraceChannel {
  readonly kind: "power" | "temperature" | "utilisation";
  /** Such as `GPU 0` or `CPU package`. */
  readonly label: string;
  /** Ascending, since the run's start. */
  readonly seconds: readonly number[];
  /** W, °C or %; `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** Of all samples, before they were reduced. */
  readonly statistics: TraceStatistics;
}

/** What all samples of a line come to. */
export interface TraceStatistics {
  readonly samples: number;
  readonly low: number;
  /** Over time, by trapezoids; gaps left out. */
  readonly mean: number;
  readonly high: number;
}

/** The end of an epoch. */
export interface EpochMark {
  readonly seconds: number;
  /** As the log has it. */
  readonly label: string;
}
