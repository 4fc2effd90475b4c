import { inverse, Matrix, QrDecomposition } from "ml-matrix";
import { studentT95 } from "../student-t.ts";
import { twoSidedP } from "./distributions.ts";

/** The slope of one column. */
export interface Slope {
  readonly estimate: number;
  readonly interval95: readonly [low: number, high: number];
  readonly p: number;
  /** Variance inflation factor: how many times wider its variance is for the other columns; 1 is not at all. */
  readonly inflation: number;
}

/** A linear regression with an intercept. */
export interface LeastSquares {
  readonly n: number;
  /** By position of the column. */
  readonly slopes: readonly Slope[];
  readonly intercept: number;
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  /** Akaike's criterion, corrected for small samples; smaller is better, only for the same outcomes. */
  readonly aicc: number;
  /** With n − columns − 1 degrees of freedom. */
  readonly residualDeviation: number;
  readonly residuals: readonly number[];
}

/** Degrees of freedom that must be left for a spread of residuals that means anything. */
export const LEAST_FREEDOM = 3;

/**
 * Ordinary least squares by the QR decomposition (Golub and Van Loan, Matrix Computations, 5.3) of centred, scaled columns;
 * Student's intervals and p. AICc: Hurvich and Tsai 1989, Biometrika 76:297. Inflation: Marquardt 1970, Technometrics 12:591.
 * The columns have to be independent of each other and of the intercept: see `independentColumns`.
 *
 * @returns `undefined` when fewer than three degrees of freedom are left or the outcome does not vary.
 */
export function leastSquares(
  columns: readonly (readonly number[])[],
  outcome: readonly number[],
): LeastSquares | undefined {
  const n = outcome.length;
  const k = columns.length;
  const freedom = n - k - 1;
  const centre = mean(outcome);
  const y = outcome.map((value) => value - centre);
  const total = sumOfSquares(y);
  if (freedom < LEAST_FREEDOM || !(total > 1e-24 * centre ** 2 * n)) return undefined;
  const scales = columns.map((column) => {
    const middle = mean(column);
    return { middle, norm: Math.sqrt(sumOfSquares(column.map((value) => value - middle))) };
  });
  const scaled = columns.map((column, index) => {
    const { middle, norm } = scales[index] ?? { middle: 0, norm: 1 };
    return column.map((value) => (value - middle) / norm);
  });
  const { beta, variances } = solve(scaled, y);
  const residuals = y.map(
    (value, row) => value - scaled.reduce((sum, x, i) => sum + (x[row] ?? 0) * (beta[i] ?? 0), 0),
  );
  const left = sumOfSquares(residuals);
  const deviation = Math.sqrt(left / freedom);
  const t = studentT95(freedom);
  const slopes = scales.map(({ norm }, index) => {
    const [standardized, inflation] = [beta[index] ?? 0, variances[index] ?? 1];
    const error = deviation * Math.sqrt(inflation);
    const [estimate, half] = [standardized / norm, (t * error) / norm];
    const p = error > 0 ? twoSidedP(standardized / error, freedom) : 0;
    return { estimate, interval95: [estimate - half, estimate + half] as const, p, inflation };
  });
  const parameters = k + 2;
  const correction = (2 * parameters * (parameters + 1)) / (n - parameters - 1);
  return {
    n,
    slopes,
    intercept: centre - slopes.reduce((sum, { estimate }, index) => sum + estimate * (scales[index]?.middle ?? 0), 0),
    rSquared: 1 - left / total,
    adjustedRSquared: 1 - left / freedom / (total / (n - 1)),
    // Residuals of nothing but rounding are as good as each other
    aicc: n * Math.log(Math.max(left, 1e-24 * total) / n) + 2 * parameters + correction,
    residualDeviation: deviation,
    residuals,
  };
}

/** Slopes of unit columns, and the diagonal of (XᵀX)⁻¹. */
function solve(columns: readonly (readonly number[])[], y: readonly number[]) {
  if (columns.length === 0) return { beta: [], variances: [] };
  const x = new Matrix(columns.map((column) => [...column])).transpose();
  const qr = new QrDecomposition(x);
  const root = inverse(qr.upperTriangularMatrix);
  return {
    beta: qr.solve(Matrix.columnVector([...y])).to1DArray(),
    variances: root.to2DArray().map((row) => sumOfSquares(row)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}
