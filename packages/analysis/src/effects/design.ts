import type { ParameterValue } from "@ea/records";
import { independentColumns } from "../statistics/independent-columns.ts";
import { isSeed, type RunFigures } from "../study/study-run.ts";

/** One column of a regression. */
export interface DesignColumn {
  readonly parameter: string;
  /** `log`: of a positive number. `linear`: of a number that may be zero. `level`: of a category. `absent`: not passed. */
  readonly kind: "log" | "linear" | "level" | "absent";
  /** The category. */
  readonly level: string | undefined;
  readonly values: readonly number[];
  /** Smallest and largest value of the parameter; of `level` and `absent` 0 and 1. */
  readonly range: readonly [low: number, high: number];
}

/** A parameter that no slope is given for, and why. */
export interface DroppedParameter {
  readonly parameter: string;
  readonly reason: string;
}

/** What a regression is made with. */
export interface Design {
  readonly columns: readonly DesignColumn[];
  readonly dropped: readonly DroppedParameter[];
}

/** The name of the load beside a run, as if it were a parameter. */
export const BACKGROUND = "background";

/** Parameters of runs in the order in which they first appear; the load beside them, where there is one, is the last. */
export function parameterNames(runs: readonly RunFigures[]): readonly string[] {
  const names = new Set(runs.flatMap(({ parameters }) => Object.keys(parameters)));
  return [...names, ...(runs.some(({ background }) => background !== undefined) ? [BACKGROUND] : [])];
}

/**
 * Columns for parameters: the logarithm of positive numbers, other numbers as they are, an indicator for each category but
 * the commonest, and one for runs to which the parameter was not passed: these have one value, the trainer's, though nobody
 * wrote it down (missing-indicator method, exact for a constant). Columns that say nothing of their own are dropped.
 */
export function designOf(runs: readonly RunFigures[], parameters: readonly string[]): Design {
  const candidates: DesignColumn[] = [];
  const dropped: DroppedParameter[] = [];
  for (const parameter of parameters) {
    const found = columnsOf(parameter, runs);
    if (typeof found === "string") dropped.push({ parameter, reason: found });
    else candidates.push(...found);
  }
  const { kept, dependent } = independentColumns(candidates.map(({ values }) => values));
  const columns = kept.flatMap((index) => candidates[index] ?? []);
  const named = new Set(columns.map(({ parameter }) => parameter));
  for (const { column, with: other } of dependent) {
    const parameter = candidates[column]?.parameter;
    if (parameter === undefined || named.has(parameter)) continue;
    named.add(parameter);
    const twin = other === undefined ? undefined : candidates[other]?.parameter;
    const reason = twin === undefined ? "it does not vary" : `it cannot be told apart from ${twin} in these runs`;
    dropped.push({ parameter, reason });
  }
  return { columns, dropped };
}

/** The columns of a parameter, or why there are none. */
function columnsOf(parameter: string, runs: readonly RunFigures[]): readonly DesignColumn[] | string {
  const values = runs.map((run) => valueOf(run, parameter));
  const known = values.filter((value) => value !== null);
  const absent: readonly DesignColumn[] =
    known.length === 0 || known.length === values.length
      ? []
      : [column(parameter, "absent", undefined, values, (value) => (value === null ? 1 : 0))];
  const distinct = new Set(known);
  if (isSeed(parameter)) return absent.length > 0 ? absent : "a seed is no quantity";
  if (distinct.size < 2) return absent.length > 0 ? absent : "it does not vary";
  const numbers = known.filter((value) => typeof value === "number");
  if (numbers.length === known.length) {
    const kind = numbers.every((value) => value > 0) ? "log" : "linear";
    const scale = (value: number): number => (kind === "log" ? Math.log(value) : value);
    const middle = numbers.reduce((sum, value) => sum + scale(value), 0) / numbers.length;
    const range = [Math.min(...numbers), Math.max(...numbers)] as const;
    const own = values.map((value) => (typeof value === "number" ? scale(value) : middle));
    return [{ parameter, kind, level: undefined, values: own, range }, ...absent];
  }
  const texts = values.map((value) => (value === null ? null : String(value)));
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  if (2 * counts.size > runs.length) return `it has ${counts.size} categories in ${runs.length} runs`;
  const [, ...levels] = [...counts].sort(([, a], [, b]) => b - a).map(([text]) => text);
  const indicators = levels.map((level) =>
    column(parameter, "level", level, texts, (text) => (text === level ? 1 : 0)),
  );
  return [...indicators, ...absent];
}

function column<Value>(
  parameter: string,
  kind: DesignColumn["kind"],
  level: string | undefined,
  values: readonly Value[],
  indicate: (value: Value) => number,
): DesignColumn {
  return { parameter, kind, level, values: values.map(indicate), range: [0, 1] };
}

/** The value of a parameter; `null` is not passed. */
export function valueOf({ parameters, background }: RunFigures, name: string): ParameterValue {
  if (name === BACKGROUND && !Object.hasOwn(parameters, name)) return background ?? null;
  return Object.hasOwn(parameters, name) ? (parameters[name] ?? null) : null;
}
