import { type Random, seededRandom } from "./random.ts";

/** Power over time whose energy is known exactly. */
export interface PowerCurve {
  /** Watts at a time in seconds. */
  wattsAt(seconds: number): number;
  /** Joules between two times in seconds. */
  joules(fromSeconds: number, toSeconds: number): number;
}

/** A random curve without sudden changes. */
export interface BandLimitedOptions {
  readonly seed: string | number;
  /** @default 300 */
  readonly meanWatts?: number | undefined;
  /** The curve stays within the mean ± this. @default 200 */
  readonly swingWatts?: number | undefined;
  /** Nothing in it is faster. @default 0.5 */
  readonly cutoffHertz?: number | undefined;
}

const WAVES = 12;

/** A sum of random sines below a cut-off frequency. */
export function bandLimitedPower(options: BandLimitedOptions): PowerCurve {
  const { seed, meanWatts = 300, swingWatts = 200, cutoffHertz = 0.5 } = options;
  const random: Random = seededRandom(`${seed} curve`);
  const drawn = Array.from({ length: WAVES }, () => {
    const pulsation = 2 * Math.PI * cutoffHertz * (0.02 + 0.98 * random());
    return { amplitude: random(), pulsation, phase: 2 * Math.PI * random() };
  });
  const total = drawn.reduce((sum, { amplitude }) => sum + amplitude, 0);
  const waves = drawn.map((wave) => ({ ...wave, amplitude: (wave.amplitude / total) * swingWatts }));
  const primitive = (seconds: number): number =>
    waves.reduce(
      (sum, { amplitude, pulsation, phase }) => sum - (amplitude / pulsation) * Math.cos(pulsation * seconds + phase),
      meanWatts * seconds,
    );
  return {
    wattsAt: (seconds) =>
      waves.reduce(
        (sum, { amplitude, pulsation, phase }) => sum + amplitude * Math.sin(pulsation * seconds + phase),
        meanWatts,
      ),
    joules: (fromSeconds, toSeconds) => primitive(toSeconds) - primitive(fromSeconds),
  };
}

/** Power that jumps. */
export interface SquareWaveOptions {
  readonly lowWatts: number;
  readonly highWatts: number;
  readonly periodSeconds: number;
  /** Share of the period at the high power, which comes first. @default 0.5 */
  readonly highShare?: number | undefined;
}

/** A square wave that starts high at 0. */
export function squareWavePower({
  lowWatts,
  highWatts,
  periodSeconds,
  highShare = 0.5,
}: SquareWaveOptions): PowerCurve {
  const highSeconds = periodSeconds * highShare;
  const primitive = (seconds: number): number => {
    const periods = Math.floor(seconds / periodSeconds);
    const rest = seconds - periods * periodSeconds;
    const high = periods * highSeconds + Math.min(rest, highSeconds);
    return highWatts * high + lowWatts * (seconds - high);
  };
  return {
    wattsAt: (seconds) => {
      const rest = seconds - Math.floor(seconds / periodSeconds) * periodSeconds;
      return rest < highSeconds ? highWatts : lowWatts;
    },
    joules: (fromSeconds, toSeconds) => primitive(toSeconds) - primitive(fromSeconds),
  };
}
