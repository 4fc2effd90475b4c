/** Units of a figure, largest first, with the value from which each is used. */
const SCALES = {
  J: [
    { unit: "MJ", size: 1e6, from: 1e7 },
    { unit: "kJ", size: 1e3, from: 1e4 },
    { unit: "J", size: 1, from: 0 },
  ],
  W: [{ unit: "W", size: 1, from: 0 }],
  s: [
    { unit: "s", size: 1, from: 1 },
    { unit: "ms", size: 1e-3, from: 0 },
  ],
  "%": [{ unit: "%", size: 1, from: 0 }],
} as const;

/** A unit that figures are shown in. */
export type Unit = keyof typeof SCALES;

/** `83.2 J ± 4.8 J`: the uncertainty with two significant digits, the value with as many decimals; without one, four digits. */
export function figure(value: number, unit: Unit, uncertainty?: number): string {
  const scales = SCALES[unit];
  const scale = scales.find(({ from }) => Math.abs(value) >= from) ?? scales[scales.length - 1];
  if (!scale) return String(value);
  const [scaled, spread] = [value / scale.size, uncertainty === undefined ? undefined : uncertainty / scale.size];
  const decimals = spread ? decimalsFor(spread, 2) : decimalsFor(scaled, 4);
  const text = `${rounded(scaled, decimals)} ${scale.unit}`;
  return spread === undefined ? text : `${text} ± ${rounded(spread, decimals)} ${scale.unit}`;
}

/** Decimals that leave so many significant digits; negative when digits before the point are to be rounded. */
function decimalsFor(value: number, significant: number): number {
  if (value === 0) return 0;
  const first = Math.floor(Math.log10(Number(Math.abs(value).toPrecision(significant))));
  return Math.min(9, significant - 1 - first);
}

function rounded(value: number, decimals: number): string {
  if (decimals >= 0) return value.toFixed(decimals);
  const step = 10 ** -decimals;
  return String(Math.round(value / step) * step);
}
