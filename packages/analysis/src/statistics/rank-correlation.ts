import { sampleRankCorrelation } from "simple-statistics";
import { twoSidedP } from "./distributions.ts";

/** How two quantities go together by rank. */
export interface RankCorrelation {
  /** −1 to 1. */
  readonly rho: number;
  /** Two-sided; how often chance alone gives so much. */
  readonly p: number;
  readonly n: number;
}

/** Fewer pairs than that say nothing about a rank correlation. */
const FEWEST = 4;

/**
 * Spearman's rank correlation (Spearman 1904, Am. J. Psychol. 15:72) with mean ranks for ties; p by Student's t with n − 2
 * degrees of freedom (Kendall and Stuart, The Advanced Theory of Statistics, 31.19), as SciPy's `spearmanr`.
 *
 * @returns `undefined` with fewer than four pairs or where nothing varies.
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): RankCorrelation | undefined {
  const n = x.length;
  if (n < FEWEST || new Set(x).size < 2 || new Set(y).size < 2) return undefined;
  const rho = Math.max(-1, Math.min(1, sampleRankCorrelation([...x], [...y])));
  const p = Math.abs(rho) === 1 ? 0 : twoSidedP(rho * Math.sqrt((n - 2) / (1 - rho ** 2)), n - 2);
  return { rho, p, n };
}
