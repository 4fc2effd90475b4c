/** Bins per unit of the natural logarithm: distances within one per cent fall together. */
const RESOLUTION = 100;

/** What is between two neighbouring samples. */
export interface SampleInterval {
  /** Distance of the two samples in milliseconds, above 0. */
  readonly distanceMs: number;
  /** How much of it lies inside the window. */
  readonly widthMs: number;
  /** Difference of their power. */
  readonly stepWatts: number;
}

/** Sums over intervals of about the same distance. */
interface IntervalBin {
  count: number;
  distanceMs: number;
  widthMs: number;
  /** Σ (step / 2 · width)², in J². */
  stepVariance: number;
  /** Σ width², in s². */
  squareSeconds: number;
}

/** Intervals by distance, in constant memory: what is a gap can only be told when the usual distance is known. */
export interface IntervalBins {
  add(interval: SampleInterval): void;
  /** Median distance to one per cent; exact where all are alike. `undefined` when there is none. */
  medianMs(): number | undefined;
  all(): Iterable<IntervalBin>;
}

/** No intervals yet. */
export function intervalBins(): IntervalBins {
  const bins = new Map<number, IntervalBin>();
  return {
    add({ distanceMs, widthMs, stepWatts }) {
      const key = Math.round(Math.log(distanceMs) * RESOLUTION);
      const bin = bins.get(key) ?? { count: 0, distanceMs: 0, widthMs: 0, stepVariance: 0, squareSeconds: 0 };
      const seconds = widthMs / 1000;
      bin.count += 1;
      bin.distanceMs += distanceMs;
      bin.widthMs += widthMs;
      bin.stepVariance += ((stepWatts / 2) * seconds) ** 2;
      bin.squareSeconds += seconds ** 2;
      bins.set(key, bin);
    },
    medianMs() {
      const rising = [...bins].sort(([a], [b]) => a - b).map(([, bin]) => bin);
      let left = Math.floor(rising.reduce((total, { count }) => total + count, 0) / 2);
      const middle = rising.find(({ count }) => {
        left -= count;
        return left < 0;
      });
      return middle && middle.distanceMs / middle.count;
    },
    all: () => bins.values(),
  };
}
