type Value = string | number | boolean | null;

/** A distribution as Optuna writes it; `attributes` in its own names. */
export type OptunaDistribution =
  | { readonly name: "IntDistribution"; readonly attributes: { low: number; high: number; log: boolean; step: number } }
  | {
      readonly name: "FloatDistribution";
      readonly attributes: { low: number; high: number; log: boolean; step: number | null };
    }
  | { readonly name: "CategoricalDistribution"; readonly attributes: { choices: readonly Value[] } };

/**
 * The distribution of a parameter: its range in the plan, made wider where a value lies outside of it (a default, a
 * special zero), because Optuna refuses such a trial; the values themselves where they are no numbers, or are `null`, or
 * where the plan has no range.
 */
export function optunaDistribution(planned: unknown, values: readonly Value[]): OptunaDistribution {
  const numbers = values.filter((value) => typeof value === "number");
  const range = member(planned, "range");
  const [low, high] = Array.isArray(range) ? range.map(Number) : [];
  const type = member(planned, "type");
  if (
    low === undefined ||
    high === undefined ||
    numbers.length < values.length ||
    (type !== "int" && type !== "float")
  ) {
    return { name: "CategoricalDistribution", attributes: { choices: choicesOf(planned, values) } };
  }
  const ends = [...numbers, low, high];
  const bounds = { low: Math.min(...ends), high: Math.max(...ends) };
  const log = member(planned, "distribution") === "log_uniform" && bounds.low > 0;
  if (type === "int" && ends.every(Number.isInteger)) {
    return { name: "IntDistribution", attributes: { log, step: 1, ...bounds } };
  }
  return { name: "FloatDistribution", attributes: { step: null, ...bounds, log } };
}

/** What Optuna keeps of a value: numbers as they are, of anything else its position among the choices. */
export function internalValue({ name, attributes }: OptunaDistribution, value: Value): number {
  if (name === "CategoricalDistribution") return attributes.choices.indexOf(value);
  return Number(value);
}

function choicesOf(planned: unknown, values: readonly Value[]): readonly Value[] {
  const choices = member(planned, "values") ?? member(planned, "choices");
  const isValue = (value: unknown): value is Value =>
    value === null || ["string", "number", "boolean"].includes(typeof value);
  return [...new Set([...(Array.isArray(choices) ? choices.filter(isValue) : []), ...values])];
}

function member(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null
    ? Object.entries(object).find(([key]) => key === name)?.[1]
    : undefined;
}
