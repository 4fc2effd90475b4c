/** Median; `undefined` without values. */
export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5);
}

/** A quantile between 0 and 1, interpolated (type 7 of Hyndman and Fan 1996); `undefined` without values. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below === undefined || above === undefined ? undefined : below + (above - below) * (place % 1);
}

/** Median of the distances to the median, scaled to a standard deviation of normal values (Hampel 1974). */
export function scaledDeviation(values: readonly number[]): number | undefined {
  const centre = median(values);
  if (centre === undefined) return undefined;
  const spread = median(values.map((value) => Math.abs(value - centre)));
  return spread === undefined ? undefined : 1.4826 * spread;
}

/** Values by a key, in the order in which keys first appear. */
export function groupBy<Value>(values: readonly Value[], key: (value: Value) => string): readonly Value[][] {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const name = key(value);
    const found = groups.get(name);
    if (found) found.push(value);
    else groups.set(name, [value]);
  }
  return [...groups.values()];
}
