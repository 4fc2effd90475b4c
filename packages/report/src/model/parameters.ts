import type { ParameterValue, RecordJson } from "@ea/records";
import type { Parameter } from "./report-data.ts";

/** An axis is logarithmic from this ratio of the largest to the smallest value on. */
const LOG_RATIO = 20;

/** A record and what is equal for records that differ in nothing but repetition and seed. */
export interface KeyedRecord {
  readonly record: RecordJson;
  readonly key: string;
}

/** The hyperparameters of runs; `compared` decides which of them vary. */
export function parametersOf(known: readonly KeyedRecord[], compared: readonly RecordJson[]): readonly Parameter[] {
  const records = known.map(({ record }) => record);
  const names = [...new Set(records.flatMap(({ hyperparameters }) => Object.keys(hyperparameters)))];
  return names.map((name) => {
    const all = records.map((record) => valueOf(record, name));
    const values = all.filter((value) => value !== null);
    const isNumber = values.length > 0 && values.every((value) => typeof value === "number");
    const varied = new Set(compared.map((record) => valueOf(record, name)));
    const numbers = values.filter((value) => typeof value === "number");
    const smallest = Math.min(...numbers);
    return {
      name,
      kind: isNumber ? "number" : "category",
      isLog: isNumber && smallest > 0 && Math.max(...numbers) / smallest >= LOG_RATIO,
      isVaried: varied.size > 1,
      isSeed: name.toLowerCase() === "seed" || variesInside(known, name),
      categories: isNumber ? [] : [...new Set(all.map(String))].sort(),
    };
  });
}

/** The values of a run by position of the parameter: numbers, or the text of a category; `null` is not passed. */
export function parameterValues(
  record: RecordJson,
  parameters: readonly Parameter[],
): readonly (number | string | null)[] {
  return parameters.map(({ name, kind }) => {
    const value = valueOf(record, name);
    return kind === "category" || typeof value === "boolean" ? String(value) : value;
  });
}

function valueOf({ hyperparameters }: RecordJson, name: string): ParameterValue {
  return Object.hasOwn(hyperparameters, name) ? (hyperparameters[name] ?? null) : null;
}

/** Whether it differs between repetitions of one configuration, as only a seed does. */
function variesInside(known: readonly KeyedRecord[], name: string): boolean {
  const first = new Map<string, ParameterValue>();
  return known.some(({ record, key }) => {
    const group = JSON.stringify([record.model, key]);
    const value = valueOf(record, name);
    if (!first.has(group)) first.set(group, value);
    return first.get(group) !== value;
  });
}
