import { mismatch } from "./errors.ts";
import type { WrittenConfiguration } from "./key.ts";
import { show } from "./show.ts";

/** What is to be made small or large. */
export interface Objective {
  /** Name of a value of the results. */
  readonly name: string;
  readonly direction: "minimize" | "maximize";
}

/** What came of a configuration. */
export interface Result {
  readonly configuration: WrittenConfiguration;
  /** Measured values by name; `null` where there is none, as after a failed training. */
  readonly values: Readonly<Record<string, number | null | undefined>>;
}

/**
 * The results that no other one beats: none is at least as good in every objective and better in one. Results without
 * a value for every objective are left out.
 * @throws MutatorError `BAD_RESULT` for a value that is not a finite number, and when there is no objective.
 */
export function nonDominated(results: readonly Result[], objectives: readonly Objective[]): readonly Result[] {
  if (objectives.length === 0) throw mismatch("BAD_RESULT", "at least 1 objective", "none");
  const scored = results.flatMap((result) => {
    const costs = objectives.map((objective) => cost(result, objective));
    const known = costs.filter((value) => value !== undefined);
    return known.length === costs.length ? [{ result, costs: known }] : [];
  });
  const isBeaten = ({ costs }: { readonly costs: readonly number[] }): boolean =>
    scored.some((other) => {
      const isAsGood = other.costs.every((value, index) => value <= (costs[index] ?? value));
      return isAsGood && other.costs.some((value, index) => value < (costs[index] ?? value));
    });
  return scored.filter((one) => !isBeaten(one)).map(({ result }) => result);
}

function cost({ values }: Result, { name, direction }: Objective): number | undefined {
  const value = (Object.hasOwn(values, name) ? values[name] : undefined) ?? undefined;
  if (value === undefined) return undefined;
  if (!Number.isFinite(value)) {
    throw mismatch("BAD_RESULT", `a finite number or null for ${show(name)}`, show(value));
  }
  return direction === "minimize" ? value : -value;
}
