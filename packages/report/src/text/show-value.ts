/** A value of a hyperparameter: numbers with at most six digits. */
export function showValue(value: number | string | null): string {
  if (value === null) return "not passed";
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
}
