/** Less of a column than this share that no other explains is rounding. */
const TOLERANCE = 1e-7;

/** A column that says nothing of its own. */
export interface DependentColumn {
  /** Its position. */
  readonly column: number;
  /** Position of the kept column that it goes with most; `undefined` when it does not vary. */
  readonly with: number | undefined;
}

/**
 * Finds the columns that the earlier ones and an intercept do not determine, by modified Gram–Schmidt
 * orthogonalisation (Golub and Van Loan, Matrix Computations, 5.2.8).
 */
export function independentColumns(columns: readonly (readonly number[])[]): {
  readonly kept: readonly number[];
  readonly dependent: readonly DependentColumn[];
} {
  const basis: { readonly column: number; readonly vector: readonly number[]; readonly own: readonly number[] }[] = [];
  const dependent: DependentColumn[] = [];
  columns.forEach((values, column) => {
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const own = values.map((value) => value - middle);
    const length = norm(own);
    const largest = Math.max(...values.map(Math.abs));
    let vector: readonly number[] = own;
    for (const { vector: other } of basis) vector = without(vector, other);
    if (!(length > TOLERANCE * largest)) dependent.push({ column, with: undefined });
    else if (norm(vector) < TOLERANCE * length) dependent.push({ column, with: nearest(own) });
    else basis.push({ column, vector: scaled(vector, 1 / norm(vector)), own });
  });
  return { kept: basis.map(({ column }) => column), dependent };

  function nearest(own: readonly number[]): number | undefined {
    const cosine = (other: readonly number[]): number => Math.abs(dot(own, other)) / norm(other);
    return basis.toSorted((a, b) => cosine(b.own) - cosine(a.own))[0]?.column;
  }
}

function without(vector: readonly number[], unit: readonly number[]): readonly number[] {
  const along = dot(vector, unit);
  return vector.map((value, index) => value - along * (unit[index] ?? 0));
}

function scaled(vector: readonly number[], factor: number): readonly number[] {
  return vector.map((value) => value * factor);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector));
}
