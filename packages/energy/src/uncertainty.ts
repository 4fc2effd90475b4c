/**
 * Itemised uncertainty of an energy in joules. Each item is a standard uncertainty (one standard deviation);
 * `combined` is their root sum of squares times `coverageFactor` (JCGM 100:2008, "GUM", 5.1.2 and 6.2.1).
 * An item is `undefined` when nothing is known about it; it then counts for nothing in `combined`.
 */
export interface Uncertainty {
  /** Expanded uncertainty in joules: the value is believed to lie within ± this. */
  readonly combined: number;
  /** Factor between the combined standard uncertainty and `combined`; 2 is about 95 %. */
  readonly coverageFactor: 2;
  /** What happened between two samples, in joules. */
  readonly sampling: number | undefined;
  /** Accuracy of the sensor itself, in joules. */
  readonly sensor: number | undefined;
  /** Resolution of the printed numbers, in joules. */
  readonly quantisation: number | undefined;
  /** Begin and end of the measured window, in joules. */
  readonly edges: number | undefined;
}

/** The items of an uncertainty, all in joules and as standard uncertainties. */
export interface UncertaintyItems {
  readonly sampling?: number | undefined;
  readonly sensor?: number | undefined;
  readonly quantisation?: number | undefined;
  readonly edges?: number | undefined;
}

/** Standard uncertainty of a value known to lie within ± `halfWidth` and no more (rectangular, GUM 4.3.7). */
export function rectangular(halfWidth: number): number {
  return halfWidth / Math.sqrt(3);
}

/** Combines independent items in quadrature and expands them with a coverage factor of 2. */
export function combineUncertainty(items: UncertaintyItems): Uncertainty {
  const { sampling, sensor, quantisation, edges } = items;
  const combined = 2 * Math.hypot(sampling ?? 0, sensor ?? 0, quantisation ?? 0, edges ?? 0);
  return { combined, coverageFactor: 2, sampling, sensor, quantisation, edges };
}
