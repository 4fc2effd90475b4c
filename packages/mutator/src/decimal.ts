/** A number as the exact decimal its shortest text spells: `integer` × 10^`exponent`. */
export type Decimal = readonly [integer: bigint, exponent: number];

/** Reads a finite number as the decimal a person would write for it: 0.1 is 1e-1, not 0.1000000000000000055. */
export function toDecimal(value: number): Decimal {
  if (Number.isSafeInteger(value) && value % 10 !== 0) return [BigInt(value), 0]; // much faster
  const [digits = "", exponent] = value.toExponential().split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
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

/** The sum of two decimals, exactly. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const [[coarse, high], [fine, low]] = a[1] < b[1] ? [b, a] : [a, b];
  return [coarse * 10n ** BigInt(high - low) + fine, low];
}

/** The exponent of the leading digit: 0 for 9.99, 1 for 10. */
export function leadingExponent(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** `value` counted in units of 10^`exponent`, rounded only once. */
export function inUnits(value: number, exponent: number): number {
  const [integer, own] = toDecimal(value);
  return fromDecimal(integer, own - exponent);
}

/** The largest whole number of units of 10^`exponent` not above `value`, exactly. */
export function floorInUnits(value: number, exponent: number): bigint {
  const [integer, own] = toDecimal(value);
  const power = 10n ** BigInt(Math.abs(own - exponent));
  if (own >= exponent) return integer * power;
  return (integer < 0n ? integer - power + 1n : integer) / power; // division rounds towards 0
}

/** The smallest whole number of units of 10^`exponent` not below `value`, exactly. */
export function ceilInUnits(value: number, exponent: number): bigint {
  return -floorInUnits(-value, exponent);
}
