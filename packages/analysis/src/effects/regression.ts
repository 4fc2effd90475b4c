import { type Absent, absent } from "../absent.ts";
import { LEAST_FREEDOM, type LeastSquares, leastSquares } from "../statistics/least-squares.ts";
import type { Outcome, RunFigures } from "../study/study-run.ts";
import { type Design, type DesignColumn, type DroppedParameter, designOf } from "./design.ts";

/** What a parameter does to the logarithm of an outcome, all else in the regression equal. */
export interface Term {
  readonly parameter: string;
  /**
   * `elasticity`: an outcome goes with the parameter to this power. `per-unit`: its logarithm grows by this for each unit.
   * `level`, `absent`: by this for the category, or for not passing the parameter, against the commonest or the mean value.
   */
  readonly kind: "elasticity" | "per-unit" | "level" | "absent";
  readonly level: string | undefined;
  readonly estimate: number;
  readonly interval95: readonly [low: number, high: number];
  readonly p: number;
  /** Variance inflation factor; above 10 the parameter can hardly be told apart from others. */
  readonly inflation: number;
  /** How many times the outcome is as large at the upper end of the range as at the lower one. */
  readonly factor: number;
  readonly range: readonly [low: number, high: number];
}

/** A regression of the logarithm of an outcome on parameters. */
export interface Regression {
  readonly parameters: readonly string[];
  readonly terms: readonly Term[];
  readonly dropped: readonly DroppedParameter[];
  readonly n: number;
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  readonly aicc: number;
  /** Standard deviation of what is left, as a share of the outcome: noise, and what the parameters do not tell. */
  readonly residualShare: number;
}

/** A regression with what it was made of. */
export interface Fitted {
  readonly regression: Regression;
  readonly fit: LeastSquares;
  readonly design: Design;
  /** The runs in it, in the order of its residuals. */
  readonly runs: readonly RunFigures[];
}

const KINDS = { log: "elasticity", linear: "per-unit", level: "level", absent: "absent" } as const;

/** Regresses the logarithm of an outcome on parameters; of no parameter only the mean is taken. */
export function regress(
  all: readonly RunFigures[],
  outcome: Outcome | "publishedJoules",
  parameters: readonly string[],
): Fitted | Absent {
  const runs = all.filter((run) => run[outcome] !== undefined);
  if (runs.length === 0) return absent(`no run has ${outcome === "publishedJoules" ? "published joules" : outcome}`);
  const design = designOf(runs, parameters);
  const k = design.columns.length;
  if (parameters.length > 0 && k === 0) {
    const [first] = design.dropped;
    return absent(first && design.dropped.length === 1 ? first.reason : "no parameter varies");
  }
  const least = k + 1 + LEAST_FREEDOM;
  if (runs.length < least) {
    return absent(
      `${runs.length} runs are too few for ${k} ${k === 1 ? "slope" : "slopes"}: expected at least ${least}`,
    );
  }
  const fit = leastSquares(
    design.columns.map(({ values }) => values),
    runs.map((run) => Math.log(run[outcome] ?? 1)),
  );
  if (!fit) return absent("the outcome does not vary");
  const regression = {
    parameters: [...new Set(design.columns.map(({ parameter }) => parameter))],
    terms: design.columns.flatMap((column, index) => termOf(column, fit, index)),
    dropped: design.dropped,
    n: fit.n,
    rSquared: fit.rSquared,
    adjustedRSquared: fit.adjustedRSquared,
    aicc: fit.aicc,
    residualShare: Math.sqrt(Math.expm1(fit.residualDeviation ** 2)),
  };
  return { regression, fit, design, runs };
}

function termOf({ parameter, kind, level, range }: DesignColumn, fit: LeastSquares, index: number): readonly Term[] {
  const slope = fit.slopes[index];
  if (!slope) return [];
  const [low, high] = range;
  const span = kind === "log" ? Math.log(high / low) : high - low;
  return [{ parameter, kind: KINDS[kind], level, ...slope, factor: Math.exp(slope.estimate * span), range }];
}
