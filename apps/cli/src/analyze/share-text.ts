/** `2.3 %`, `0.85 %`: two digits of a share, as per cent. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(2))} %`;
}

/** A number with so many digits. */
export function digits(value: number, count = 3): string {
  return String(Number(value.toPrecision(count)));
}

/** `p < 0.001`, `p = 0.04` */
export function pText(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(1 + Number(p >= 0.01)))}`;
}

/** R² with three decimals, rounded down: 0.9996 is not 1. */
export function rSquaredText(value: number): string {
  return (Math.floor(value * 1000) / 1000).toFixed(3);
}
