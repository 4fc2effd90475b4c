/** One value that is not what it was. */
export interface Difference {
  /** Such as `experiments.0.config.supported_hyperparams.epochs.range`. */
  readonly path: string;
  /** `undefined` where there was nothing. */
  readonly before: unknown;
  readonly now: unknown;
}

/** Where two JSON values differ, as deep inside as can be told; the order of an object's keys is nothing. */
export function differences(before: unknown, now: unknown, path = ""): readonly Difference[] {
  if (before === now) return [];
  if (!isObject(before) || !isObject(now) || Array.isArray(before) !== Array.isArray(now))
    return [{ path, before, now }];
  const isShortList = (value: object): boolean => Array.isArray(value) && value.every((item) => !isObject(item));
  if (isShortList(before) && isShortList(now)) {
    return JSON.stringify(before) === JSON.stringify(now) ? [] : [{ path, before, now }];
  }
  const [old, present] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  return [...new Set([...old.keys(), ...present.keys()])].flatMap((key) =>
    differences(old.get(key), present.get(key), path === "" ? key : `${path}.${key}`),
  );
}

/** A difference as a line. */
export function differenceText({ path, before, now }: Difference): string {
  const text = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
  return `${path}: was ${text(before)}, is ${text(now)}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
