/** A number that decides about a finding. */
export interface Threshold {
  readonly value: number;
  readonly unit: string;
  /** Why it is this one. */
  readonly reason: string;
}

/** What the audit decides by, with its reasons. Each can be set to another value. */
export const THRESHOLDS = {
  edgeSeconds: {
    value: 2.5,
    unit: "s",
    reason: "importing a framework takes longer: in this time a training has not yet reached the GPU",
  },
  edgeUtilizationPercent: {
    value: 50,
    unit: "%",
    reason: "before a training reaches its GPU nothing of ours is at work there; a desktop stays well below",
  },
  floorRatio: {
    value: 1.3,
    unit: "×",
    reason: "power of a GPU that waits varies by less than a fifth between runs; a process at work adds half and more",
  },
  neighbourHours: {
    value: 24,
    unit: "h",
    reason: "a process that runs before and after a run also ran during it, unless a day lies between",
  },
  slowdownRatio: {
    value: 1.4,
    unit: "×",
    reason: "repeats differ by a few per cent; sharing a GPU with a busy process costs 70 % and more",
  },
  shortRatio: {
    value: 0.25,
    unit: "×",
    reason: "repeats differ by a few per cent in time per epoch, early stopping rarely leaves less than a quarter",
  },
  minPeers: { value: 3, unit: "runs", reason: "a median of fewer says nothing about what is usual" },
  peerMetricShare: {
    value: 0.5,
    unit: "",
    reason: "a metric that half of the runs of a model have is one that its trainings print",
  },
  noWorkSecondsPerEpoch: {
    value: 1,
    unit: "s",
    reason: "below this, without a metric and with an idle GPU, nothing can have been trained",
  },
  idleUtilizationPercent: {
    value: 1,
    unit: "%",
    reason: "a GPU that a training uses is busy for more than one hundredth of the time",
  },
  sameEnergyShare: {
    value: 0.005,
    unit: "",
    reason: "the same trace added up twice differs by a lost sample or two, not by more than half a per cent",
  },
  differentEnergyShare: {
    value: 0.05,
    unit: "",
    reason: "a trace added up and the same trace integrated differ by the sampler's delay, which is known; not by more",
  },
  starvedSecondsPerSample: {
    value: 1.15,
    unit: "s",
    reason:
      "a sampler asked for one reading a second takes 1.03 s; a longer one was held up, and a sum is too low by it",
  },
  gapRatio: { value: 5, unit: "×", reason: "longer than five intervals is a hole, not jitter" },
  minCoverage: {
    value: 0.95,
    unit: "",
    reason: "energy of the holes is a guess; more than a twentieth is no measurement",
  },
  coldStartIdleMinutes: {
    value: 50,
    unit: "min",
    reason: "after this the first run took 7 % more power in the median (range 0 to 11 %)",
  },
  warmStartCelsius: {
    value: 15,
    unit: "K",
    reason: "leakage rises with temperature: starts that differ by more are not the same condition",
  },
  throttleCelsius: {
    value: 83,
    unit: "°C",
    reason: "consumer GPUs lower their clocks from here on; configurable, as cards differ",
  },
  coolDownShare: {
    value: 0.5,
    unit: "",
    reason: "less than half of the usual pause before a run means that the pause was skipped",
  },
  parameterShare: {
    value: 0.02,
    unit: "",
    reason: "values printed with few digits differ by less than this from what was asked for",
  },
  outlierDeviations: {
    value: 5,
    unit: "MAD",
    reason: "normal scatter exceeds five scaled median deviations once in two million runs",
  },
  outlierShare: { value: 0.05, unit: "", reason: "repeats closer than this agree, however small their scatter" },
  collapsedShare: {
    value: 0.6,
    unit: "×",
    reason: "less than this share of the usual metric is a training that did not learn",
  },
} as const satisfies Record<string, Threshold>;

/** Name of a threshold. */
export type ThresholdName = keyof typeof THRESHOLDS;

/** The values that an audit decides by. */
export type Thresholds = Readonly<Record<ThresholdName, number>>;

/** The thresholds as they are, with some set to other values. */
export function thresholdsWith(changed: Partial<Thresholds> = {}): Thresholds {
  const names = Object.keys(THRESHOLDS) as ThresholdName[];
  return Object.fromEntries(names.map((name) => [name, changed[name] ?? THRESHOLDS[name].value])) as Thresholds;
}
