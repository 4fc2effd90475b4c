import type { ParameterValue } from "@ea/records";
import { isSame } from "./parameter-echoes.ts";

const TOKEN = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[A-Za-z_]+|[^\sA-Za-z_\d]/g;

/** A parameter that stands at two values, and how each is written. */
export interface TwoValues {
  readonly from: ParameterValue;
  readonly to: ParameterValue;
  readonly fromText: string | undefined;
  readonly toText: string | undefined;
  readonly flag: string | undefined;
}

/** What one training printed and the other did not; `undefined` is nothing there. */
export interface LineDifference {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What two trainings printed, compared. */
export interface LogComparison {
  /** The first line that differs in more than the value itself and what differs anyway. */
  readonly difference: LineDifference | undefined;
  /** Whether the value itself was printed. */
  readonly isEchoed: boolean;
}

/**
 * Compares the log of a training with that of another one in which a parameter has another value. Of `repeat`, the first
 * one once more, what differs from it says nothing. Lines that only name the value say nothing either.
 */
export function compareLogs(
  { first, repeat }: { readonly first: readonly string[]; readonly repeat: readonly string[] },
  variant: readonly string[],
  values: TwoValues,
): LogComparison {
  if (first.length !== repeat.length) return { difference: undefined, isEchoed: false };
  let isEchoed = false;
  for (let index = 0; index < Math.max(first.length, variant.length); index += 1) {
    const [before, after] = [first[index], variant[index]];
    if (before === after) continue;
    if (before === undefined || after === undefined) return { difference: { before, after }, isEchoed };
    if (saysOnlyTheValue(before, after, values)) isEchoed = true;
    else if (!isNoise(before, repeat[index] ?? "", after)) return { difference: { before, after }, isEchoed };
  }
  return { difference: undefined, isEchoed };
}

/** The first line in which two equal trainings differ. */
export function firstDifference(a: readonly string[], b: readonly string[]): LineDifference | undefined {
  const length = Math.max(a.length, b.length);
  const index = Array.from({ length }, (_, position) => position).find((position) => a[position] !== b[position]);
  return index === undefined ? undefined : { before: a[index], after: b[index] };
}

function tokens(line: string): readonly string[] {
  return line.match(TOKEN) ?? [];
}

/** Whether all that differs has differed between two equal trainings as well. */
function isNoise(before: string, repeat: string, after: string): boolean {
  const [a, again, b] = [tokens(before), tokens(repeat), tokens(after)];
  if (a.length !== again.length) return true;
  return a.length === b.length && a.every((token, index) => token === b[index] || token !== again[index]);
}

function saysOnlyTheValue(before: string, after: string, values: TwoValues): boolean {
  const { from, to, fromText, toText, flag } = values;
  const isText = typeof from === "string" && fromText !== undefined && toText !== undefined;
  if (isText && before.replaceAll(fromText, toText) === after) return true;
  if (toText !== undefined && fromText === undefined && flag !== undefined) {
    const without = (line: string): string =>
      line
        .replaceAll(flag, "")
        .replaceAll(toText, "")
        .replaceAll(/[\s"',]/g, "");
    if (without(before) === without(after)) return true;
  }
  const [a, b] = [tokens(before), tokens(after)];
  const says = (token: string, value: ParameterValue, text: string | undefined): boolean =>
    text === undefined || isSame(token, value, text);
  return (
    a.length === b.length &&
    a.every((token, index) => {
      const other = b[index] ?? "";
      return token === other || (says(token, from, fromText) && says(other, to, toText));
    })
  );
}
