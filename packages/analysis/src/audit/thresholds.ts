/** What the audit decides by, each with its unit and the reason for it. */
export const THRESHOLDS = {
  /** Seconds. Importing a framework takes longer: in this time a training has not yet reached the GPU. */
  edgeSeconds: 2.5,
  /** Per cent. Before a training reaches its GPU nothing of ours is at work there; a desktop stays well below. */
  edgeUtilizationPercent: 50,
  /** Ratio. Power of a GPU that waits varies by less than a fifth between runs; a process at work adds half and more. */
  floorRatio: 1.3,
  /** Hours. A process that runs before and after a run also ran during it, unless a day lies between. */
  neighbourHours: 24,
  /** Ratio. Repeats differ by a few per cent; sharing a GPU with a busy process costs 70 % and more. */
  slowdownRatio: 1.4,
  /** Ratio. Repeats differ by a few per cent in time per epoch, early stopping rarely leaves less than a quarter. */
  shortRatio: 0.25,
  /** Runs. A median of fewer says nothing about what is usual. */
  minPeers: 3,
  /** Share. A metric that half of the runs of a model have is one that its trainings print. */
  peerMetricShare: 0.5,
  /** Seconds. Below this, without a metric and with an idle GPU, nothing can have been trained. */
  noWorkSecondsPerEpoch: 1,
  /** Per cent. A GPU that a training uses is busy for more than one hundredth of the time. */
  idleUtilizationPercent: 1,
  /** Share. The same trace added up twice differs by a lost sample or two, not by more than half a per cent. */
  sameEnergyShare: 0.005,
  /** Share. A trace added up and the same trace integrated differ by the sampler's delay, which is known; not by more. */
  differentEnergyShare: 0.05,
  /** Ratio. The time between two samples varies by a few per cent; where it is longer, something held the sampler up. */
  starvedRatio: 1.15,
  /** Ratio. Longer than five intervals is a hole, not jitter. */
  gapRatio: 5,
  /** Share. Energy of the holes is a guess; more than a twentieth is no measurement. */
  minCoverage: 0.95,
  /** Minutes. After this the first run took 7 % more power in the median (range 0 to 11 %). */
  coldStartIdleMinutes: 50,
  /** Kelvin. Leakage rises with temperature: starts that differ by more are not the same condition. */
  warmStartCelsius: 15,
  /** Share. Power of repeats differs by 1 to 2 %; a cold card drew up to 11 % more. */
  coldStartShare: 0.03,
  /** Degrees Celsius. Where consumer cards begin to lower their clocks; data-centre cards are given other limits. */
  hotCelsius: 83,
  /** Share. Less than half of the usual pause before a run means that the pause was skipped. */
  coolDownShare: 0.5,
  /** Share. Values printed with few digits differ by less than this from what was asked for. */
  parameterShare: 0.02,
  /** Share. A value that was passed with too few digits is another value: more than the noise of repeats. */
  roundedShare: 0.01,
  /** Scaled median deviations. Normal scatter exceeds five scaled median deviations once in two million runs. */
  outlierDeviations: 5,
  /** Share. Repeats closer than this agree, however small their scatter. */
  outlierShare: 0.05,
  /** Ratio. Less than this share of the usual metric is a training that did not learn. */
  collapsedShare: 0.6,
};

/** Name of a threshold. */
export type ThresholdName = keyof typeof THRESHOLDS;

/** The values that an audit decides by. */
export type Thresholds = Readonly<Record<ThresholdName, number>>;

/** The thresholds as they are, with some set to other values. */
export function thresholdsWith(changed: Partial<Thresholds> = {}): Thresholds {
  return { ...THRESHOLDS, ...changed };
}
