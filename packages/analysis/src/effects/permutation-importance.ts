import { type Absent, absent } from "../absent.ts";
import { leastSquares } from "../statistics/least-squares.ts";
import { randomOf, shuffled } from "../statistics/random.ts";
import type { Fitted } from "./regression.ts";

/** How much worse an outcome is foretold when a parameter's values are mixed up between runs. */
export interface Importance {
  readonly parameter: string;
  /** Drop of R² on runs that the regression was not made of. */
  readonly drop: number;
  /** Standard deviation of the drop over permutations. */
  readonly deviation: number;
}

/** Importance of parameters, and what it was found with. */
export interface Importances {
  readonly n: number;
  /** R² on runs that the regression was not made of; below 0 it foretells worse than the mean does. */
  readonly crossValidatedRSquared: number;
  /** The most important first. */
  readonly parameters: readonly Importance[];
}

/** Fewer runs, or fewer for each column, give importances that another sample would not. */
const LEAST_RUNS = 30;
const RUNS_PER_COLUMN = 10;
const FOLDS = 5;
const PERMUTATIONS = 20;

/** How many runs an importance needs with so many columns. */
export function runsForImportance(columns: number): number {
  return Math.max(LEAST_RUNS, RUNS_PER_COLUMN * columns);
}

/**
 * Permutation importance (Breiman 2001, Mach. Learn. 45:5; model reliance of Fisher, Rudin and Dominici 2019, JMLR 20:177)
 * of a regression on runs that it was not made of (five-fold cross-validation), in R². All columns of a parameter are mixed
 * up together, twenty times.
 */
export function permutationImportance(
  { design, fit, runs, regression }: Fitted,
  outcomes: readonly number[],
  seed: string,
): Importances | Absent {
  const n = runs.length;
  const columns = design.columns;
  const least = runsForImportance(columns.length);
  if (n < least) return absent(`${n} runs are too few: expected at least ${least} for ${columns.length} columns`);
  const random = randomOf(seed);
  const fold = shuffled(
    outcomes.map((_, row) => row),
    random,
  ).reduce<number[]>((folds, row, place) => {
    folds[row] = place % FOLDS;
    return folds;
  }, []);
  const models = Array.from({ length: FOLDS }, (_, out) => {
    const rows = outcomes.flatMap((_value, row) => (fold[row] === out ? [] : [row]));
    const pick = (values: readonly number[]): readonly number[] => rows.map((row) => values[row] ?? 0);
    // A fold may lack every run of a category: then the whole regression stands in
    const varies = columns.every(({ values }) => new Set(pick(values)).size > 1);
    return (
      (varies
        ? leastSquares(
            columns.map(({ values }) => pick(values)),
            pick(outcomes),
          )
        : undefined) ?? fit
    );
  });
  const middle = outcomes.reduce((sum, value) => sum + value, 0) / n;
  const total = outcomes.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const rSquared = (order: (index: number, row: number) => number): number => {
    const left = outcomes.reduce((sum, value, row) => {
      const model = models[fold[row] ?? 0] ?? fit;
      const foretold = columns.reduce(
        (at, { values }, index) => at + (model.slopes[index]?.estimate ?? 0) * (values[order(index, row)] ?? 0),
        model.intercept,
      );
      return sum + (value - foretold) ** 2;
    }, 0);
    return 1 - left / total;
  };
  const whole = rSquared((_, row) => row);
  const parameters = regression.parameters.map((parameter) => {
    const drops = Array.from({ length: PERMUTATIONS }, () => {
      const mixed = shuffled(
        outcomes.map((_, row) => row),
        random,
      );
      return whole - rSquared((index, row) => (columns[index]?.parameter === parameter ? (mixed[row] ?? row) : row));
    });
    const drop = drops.reduce((sum, value) => sum + value, 0) / PERMUTATIONS;
    const deviation = Math.sqrt(drops.reduce((sum, value) => sum + (value - drop) ** 2, 0) / (PERMUTATIONS - 1));
    return { parameter, drop, deviation };
  });
  return { n, crossValidatedRSquared: whole, parameters: parameters.toSorted((a, b) => b.drop - a.drop) };
}
