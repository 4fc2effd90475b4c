/** Power at one moment. */
export interface PowerSample {
  /** Milliseconds on any clock, the same for all samples and the window. */
  readonly timeMs: number;
  readonly powerWatts: number;
}

/** Power over time. Whoever integrates it leaves out what is not finite, repeats a moment or steps back in time. */
export type PowerSeries = Iterable<PowerSample>;

/** The stretch of time whose energy is asked for, in milliseconds on the clock of the samples. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}
