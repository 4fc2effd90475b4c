/** A number with so many significant digits, without needless zeros of an exponent: `0.0123`, `1230`, `1.2e-7`. */
export function digits(value: number, significant = 3): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) return value.toExponential(significant - 1);
  const before = Math.floor(Math.log10(Number(size.toPrecision(significant)))) + 1;
  return value.toFixed(Math.max(0, significant - before));
}

/** `12.3 ± 0.4`: the half width with two digits, the value with as many decimals. */
export function withHalf(value: number, half: number | null | undefined, significant = 3): string {
  if (half === null || half === undefined) return digits(value, significant);
  if (half === 0) return `${digits(value, significant)} ± 0`;
  const first = Math.floor(Math.log10(Number(half.toPrecision(2))));
  const decimals = Math.min(12, Math.max(0, 1 - first));
  return `${value.toFixed(decimals)} ± ${half.toFixed(decimals)}`;
}

/** `24 %`, `0.13 %` */
export function percent(share: number): string {
  const value = 100 * share;
  return `${Math.abs(value) >= 10 ? value.toFixed(0) : digits(value, 2)} %`;
}
