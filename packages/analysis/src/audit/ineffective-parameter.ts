import type { ParameterValue } from "@ea/records";
import { type AuditRun, modelOf } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** Of so many logs, this share must tell another value than was asked for. */
const MOST = 0.9;

interface Told {
  readonly run: AuditRun;
  readonly name: string;
  readonly asked: ParameterValue;
  /** What the log tells; `undefined` without a log, or where it does not tell. */
  readonly told: ParameterValue | undefined;
}

/**
 * Parameters that were asked for and had no effect: the logs of a model's runs tell other values, the same ones whatever was
 * asked for. Then they had none in the runs either whose log is missing. Where one run alone differs, that one is flagged.
 */
export function ineffectiveParameters(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  const all = runs.flatMap((run) =>
    run.mutated.flatMap((name): Told[] => {
      const asked = run.parameters[name];
      return asked === undefined || asked === null ? [] : [{ run, name, asked, told: run.echoed[name]?.value }];
    }),
  );
  return groupBy(all, ({ run, name }) => JSON.stringify([modelOf(run), name])).flatMap((group) => {
    const told = group.filter((each) => each.told !== undefined);
    const other = told.filter((each) => !agrees(each, thresholds));
    const values = [...new Set(other.map((each) => String(each.told)))];
    const asked = new Set(other.map((each) => String(each.asked)));
    const isNever = asked.size >= 2 && values.length < asked.size && other.length >= MOST * told.length;
    return (isNever ? group : other).map((each) => {
      const { run, name } = each;
      const evidence = {
        parameter: name,
        asked: each.asked,
        told: each.told ?? null,
        line: run.echoed[name]?.text ?? null,
        logs: told.length,
        logs_that_differ: other.length,
        told_values: values.slice(0, 5),
      };
      return isNever
        ? finding(run, "parameter-ineffective", "error", neverText(each, values, other.length, told.length), evidence)
        : finding(run, "parameter-differs", "warning", differsText(each), evidence);
    });
  });
}

function neverText({ name, asked, told, run }: Told, values: readonly string[], other: number, logs: number): string {
  const what = `${name} ${String(asked)} was asked for and never reached the training`;
  const seen = `${other} of ${logs} logs of ${modelOf(run)} tell ${values.slice(0, 3).join(", ")} whatever was asked for`;
  return told === undefined ? `${what}: ${seen}; this run's log is missing or silent` : `${what}: ${seen}`;
}

function differsText({ name, asked, told }: Told): string {
  return `${name} ${String(asked)} was asked for, and the log tells ${String(told)}`;
}

/** Whether a log tells what was asked for, as it may be printed: with few digits, or as text. */
function agrees({ asked, told }: Told, { parameterShare }: Thresholds): boolean {
  if (String(asked) === String(told)) return true;
  const [a, b] = [Number(asked), Number(told)];
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  const digits = decimalsOf(String(told));
  return Math.abs(a - b) <= Math.max(parameterShare * Math.abs(a), 0.5 * 10 ** -digits * (1 + 1e-9));
}

/** Decimals of a printed number; the last one is rounded. */
function decimalsOf(text: string): number {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  return Math.max(0, (mantissa.split(".")[1] ?? "").length - Number(exponent));
}
