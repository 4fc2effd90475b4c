/** A number as the exact decimal its shortest text spells: `integer` × 10^`exponent`. */
export interface Decimal {
  readonly integer: bigint;
  readonly exponent: number;
}

/** Reads a finite number as the decimal a person would write for it: 0.1 is 1e-1, not 0.1000000000000000055. */
export function toDecimal(value: number): Decimal {
  const text = value.toExponential();
  const cut = text.indexOf("e");
  const [whole = "0", fraction = ""] = text.slice(0, cut).split(".");
  return { integer: BigInt(whole + fraction), exponent: Number(text.slice(cut + 1)) - fraction.length };
}

// powers of ten that doubles hold exactly
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The double nearest to `integer` × 10^`exponent`; its text is the shortest that means the same. One operation on two
 * exact doubles is rounded correctly (Clinger, PLDI 1990); what is larger goes by its text.
 */
export function fromDecimal(integer: bigint | number, exponent: number): number {
  const power = EXACT_POWERS[Math.abs(exponent)];
  if (power === undefined || !Number.isSafeInteger(integer)) return Number(`${integer}e${exponent}`);
  return exponent < 0 ? Number(integer) / power : Number(integer) * power;
}

/** The exponent of the leading digit: 0 for 9.99, 1 for 10. */
export function leadingExponent(value: number): number {
  const text = value.toExponential();
  return Number(text.slice(text.indexOf("e") + 1));
}

/** `value` counted in units of 10^`exponent`, rounded only once. */
export function inUnits(value: number, exponent: number): number {
  const decimal = toDecimal(value);
  return fromDecimal(decimal.integer, decimal.exponent - exponent);
}

/** The largest whole number of units of 10^`exponent` not above `value`, exactly. */
export function floorInUnits(value: number, exponent: number): bigint {
  const decimal = toDecimal(value);
  const shift = decimal.exponent - exponent;
  if (shift >= 0) return decimal.integer * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  const quotient = decimal.integer / divisor;
  return quotient * divisor > decimal.integer ? quotient - 1n : quotient;
}

/** The smallest whole number of units of 10^`exponent` not below `value`, exactly. */
export function ceilInUnits(value: number, exponent: number): bigint {
  return -floorInUnits(-value, exponent);
}
