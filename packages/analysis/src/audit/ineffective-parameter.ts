import type { ParameterValue } from "@ea/records";
import { type AuditRun, claimsSuccess, modelOf } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** One log that differs may be of one odd run. */
const LEAST_ASKED = 2;

/** Share of the logs that must tell the same value: one of another version of the script may have taken what was asked for. */
const MOST = 0.9;

interface Told {
  readonly run: AuditRun;
  readonly name: string;
  readonly asked: ParameterValue;
  /** What the log tells; `undefined` without a log, or where it does not tell. */
  readonly told: ParameterValue | undefined;
}

/**
 * Parameters that were asked for and had no effect: the logs of a model's runs tell one value, whatever was asked for. Then
 * they had none in the runs either whose log is missing, or that by chance asked for that value. Where single runs differ,
 * those are flagged. Runs that failed have no numbers to be misread.
 */
export function ineffectiveParameters(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  const all = runs.filter(claimsSuccess).flatMap((run) =>
    run.mutated.flatMap((name): Told[] => {
      const asked = run.parameters[name];
      return asked === undefined || asked === null ? [] : [{ run, name, asked, told: run.echoed[name]?.value }];
    }),
  );
  return groupBy(all, ({ run, name }) => JSON.stringify([modelOf(run), name])).flatMap((group) => {
    const told = group.filter((each) => each.told !== undefined);
    const other = told.filter((each) => !agrees(each, thresholds));
    const same = groupBy(told, (each) => String(each.told)).toSorted((a, b) => b.length - a.length)[0] ?? [];
    const asked = new Set(same.filter((each) => other.includes(each)).map((each) => String(each.asked)));
    const isNever = asked.size >= LEAST_ASKED && same.length >= MOST * told.length;
    return (isNever ? group : other).map((each) => {
      const { run, name } = each;
      const evidence = {
        parameter: name,
        asked: each.asked,
        told: each.told ?? null,
        line: run.echoed[name]?.text ?? null,
        logs: told.length,
        logs_that_differ: other.length,
      };
      return isNever
        ? finding(
            run,
            "parameter-ineffective",
            "error",
            neverText(each, String(same[0]?.told), same.length, told.length),
            evidence,
          )
        : finding(run, "parameter-differs", "warning", differsText(each), evidence);
    });
  });
}

function neverText({ name, asked, told, run }: Told, value: string, same: number, logs: number): string {
  const what = `${name} ${String(asked)} was asked for and never reached the training`;
  const seen = `${same} of ${logs} logs of ${modelOf(run)} tell ${value}, whatever was asked for`;
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
