// Who imports these sources has not our tsconfig
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./jstat.d.ts" />
import jstat from "jstat";

/** Probability that a Student variable is further from zero than `t`, on either side. */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  return Math.min(1, 2 * jstat.studentt.cdf(-Math.abs(t), degreesOfFreedom));
}

/** Probability that a Student variable with non-centrality `shift` is at most `t`. */
export function noncentralT(t: number, degreesOfFreedom: number, shift: number): number {
  return jstat.noncentralt.cdf(t, degreesOfFreedom, shift);
}

/** Below this a χ² variable lies with such a probability. */
export function chiSquareQuantile(probability: number, degreesOfFreedom: number): number {
  return jstat.chisquare.inv(probability, degreesOfFreedom);
}

/** Below this a standard normal variable lies with such a probability. */
export function normalQuantile(probability: number): number {
  return jstat.normal.inv(probability, 0, 1);
}

/** Probability that a standard normal variable is further from zero than `z`, on either side. */
export function twoSidedNormalP(z: number): number {
  return Math.min(1, 2 * jstat.normal.cdf(-Math.abs(z), 0, 1));
}
