/** What could not be told, and why. */
export interface Absent {
  readonly value: null;
  readonly reason: string;
}

/** A result that is not there. */
export function absent(reason: string): Absent {
  return { value: null, reason };
}

/** Whether a result is not there. */
export function isAbsent(result: object | number): result is Absent {
  return typeof result === "object" && "reason" in result && "value" in result && result.value === null;
}
