import type { CostBasis, Goal, Spent, Waste } from "@ea/analysis";
import type { DerivationFactors, SkippedFile } from "../report-input.ts";
import type { MeanInterval } from "./mean-interval.ts";

/** Everything that a report shows; plain JSON, so that a browser has the same. */
export interface ReportData {
  readonly basis: CostBasis;
  readonly chapters: readonly Chapter[];
  readonly sessions: readonly SessionFacts[];
  readonly machines: readonly Machine[];
  readonly meters: readonly MeterFacts[];
  readonly flags: readonly FlagFacts[];
  /** Attempts that led to nothing, by why. */
  readonly waste: readonly Waste[];
  /** Of all attempts, the wasted ones included. */
  readonly total: Spent;
  readonly skipped: readonly SkippedFile[];
  readonly factors: DerivationFactors | null;
  readonly toolVersion: string;
  readonly createdAt: string;
}

/** All runs of one repository: what may be compared with each other. */
export interface Chapter {
  readonly repository: string;
  readonly runs: readonly Run[];
  readonly configurations: readonly Configuration[];
  readonly parameters: readonly Parameter[];
  readonly metrics: readonly Metric[];
  /** Position of the metric to begin with; `null` without any. */
  readonly metric: number | null;
}

/** A finished row. */
export interface Run {
  readonly id: string;
  readonly session: string;
  readonly model: string;
  /** Position in the machines. */
  readonly machine: number;
  readonly status: "success" | "failed" | "suspect";
  /** Why it failed; empty after a success. */
  readonly error: string;
  /** Milliseconds since 1970. */
  readonly startedMs: number;
  readonly seconds: number;
  /** By position of the parameter; `null` is not passed. */
  readonly parameters: readonly (number | string | null)[];
  /** By position of the metric. */
  readonly metrics: readonly (number | null)[];
  /** Joules, or seconds where there is no energy; `null` when this run has none on the report's basis. */
  readonly cost: number | null;
  /** ± joules of the meters, coverage factor 2. */
  readonly uncertainty: number | null;
  /** Joules by position in the basis' parts. */
  readonly parts: readonly (number | null)[];
  readonly watts: number | null;
  readonly maxCelsius: number | null;
  /** Codes of warnings and errors about it. */
  readonly flags: readonly string[];
  readonly attempts: number;
  /** Position of its configuration; `null` when it is compared with nothing. */
  readonly configuration: number | null;
  /** Why it is compared with nothing; `null` when it is. */
  readonly leftOut: string | null;
}

/** Runs that differ in nothing but repetition and seed. */
export interface Configuration {
  /** The parameters that vary, `epochs=8, lr=0.01`. */
  readonly label: string;
  /** Positions of its runs. */
  readonly runs: readonly number[];
  readonly cost: MeanInterval;
  /** By position of the metric. */
  readonly metrics: readonly (MeanInterval | null)[];
  readonly isFlagged: boolean;
}

/** A hyperparameter. */
export interface Parameter {
  readonly name: string;
  readonly kind: "number" | "category";
  readonly isLog: boolean;
  /** Whether compared runs differ in it. */
  readonly isVaried: boolean;
  /** Whether it is part of a configuration; a seed is not. */
  readonly isSeed: boolean;
  /** In order of appearance; of numbers none. */
  readonly categories: readonly string[];
}

/** A performance metric. */
export interface Metric {
  readonly name: string;
  readonly goal: Goal;
  readonly unit: string | null;
}

/** What one session asked for and how it stands. */
export interface SessionFacts {
  readonly name: string;
  readonly planned: number | null;
  readonly success: number;
  readonly failed: number;
  readonly suspect: number;
  readonly seed: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly experiments: readonly { readonly what: string; readonly how: string }[];
  /** The line that plans the same again; `null` where the plan does not say how it was asked for. */
  readonly command: string | null;
  readonly commits: readonly string[];
}

/** Where runs took place. */
export interface Machine {
  readonly host: string;
  readonly cpu: string;
  readonly memory: string;
  readonly gpus: string;
  readonly system: string;
  readonly governor: string;
  readonly software: string;
}

/** One source of energy figures over all runs. */
export interface MeterFacts {
  readonly name: string;
  readonly source: string;
  readonly method: string;
  readonly quality: string;
  /** Runs with a value, and runs with an entry. */
  readonly runs: number;
  readonly of: number;
  /** Median over the runs of the expanded uncertainty, as a share of the value. */
  readonly uncertainty: number | null;
  readonly reason: string | null;
}

/** A flag, and whom it concerns. */
export interface FlagFacts {
  readonly code: string;
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly ids: readonly string[];
}
