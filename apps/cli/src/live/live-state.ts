import type { RemainingTime } from "./remaining-time.ts";

/** What a display shows of a session at one moment. */
export interface LiveState {
  readonly session: string;
  readonly planned: number;
  readonly completed: number;
  readonly failed: number;
  readonly suspect: number;
  readonly remaining: RemainingTime | undefined;
  readonly run: LiveRun | undefined;
  /** What it waits for, between two runs or before one. */
  readonly resting: string | undefined;
  readonly sensors: readonly LiveSensor[];
  /** Measured joules of all runs that have ended; of estimates where nothing was measured; `undefined` without any. */
  readonly ended: { readonly joules: number; readonly isEstimate: boolean } | undefined;
  readonly lastMetrics: string | undefined;
  readonly bestMetric: string | undefined;
  readonly warning: string | undefined;
}

/** The run that is at work. */
export interface LiveRun {
  readonly row: number;
  /** `digits/mlp epochs=3 lr=0.01` */
  readonly name: string;
  /** 1-based; `undefined` while it waits for its first one. */
  readonly attempt: number | undefined;
  readonly elapsedSeconds: number;
  /** Median duration of runs of this session that have succeeded. */
  readonly usualSeconds: number | undefined;
  /** `epoch 3/10`, as the training has printed it last. */
  readonly progress: string | undefined;
}

/** What one sensor of one device says. */
export interface LiveSensor {
  readonly name: string;
  readonly watts: number;
  /** One value a second, the latest last. */
  readonly history: readonly number[];
  readonly celsius: number | undefined;
  readonly percent: number | undefined;
  /** Of this run so far, roughly; `undefined` where nobody counts. */
  readonly joules: number | undefined;
  readonly isEstimate: boolean;
}
