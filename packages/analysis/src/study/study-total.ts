import type { RecordJson } from "@ea/records";
import { groupBy } from "../audit/robust.ts";
import { type CostBasis, costOf } from "../cost-basis.ts";
import { type Spent, spentOf, type Waste, wasteOf } from "./study-cost.ts";
import type { StudyRun } from "./study-run.ts";

/** What a study has cost, and what for. */
export interface StudyTotal {
  readonly basis: CostBasis;
  /** Every attempt. */
  readonly total: Spent;
  /** Attempts that did not end in a success, by why. */
  readonly failed: readonly Waste[];
  /** Successful attempts of runs that are excluded. */
  readonly excluded: Spent;
  /** Successful attempts of runs that figures are made of. */
  readonly used: Spent;
  /** Between attempts of the same session, while no other one ran. */
  readonly idleSeconds: number;
  /** What the machine would have taken while it trained, had it idled; `null` where no idle power was measured. */
  readonly idleJoules: number | null;
}

/** Adds up what runs have cost; each joule was spent on a run that is used, on an excluded one, or on a failure. */
export function studyTotal(runs: readonly StudyRun[], used: ReadonlySet<StudyRun>, basis: CostBasis): StudyTotal {
  const records = runs.map(({ record }) => record);
  const kept = new Set([...used].map(({ record }) => record));
  const successes = (of: readonly RecordJson[]): readonly RecordJson[] =>
    of.map((record) => ({ ...record, attempts: record.attempts.filter(({ status }) => status === "success") }));
  return {
    basis,
    total: spentOf(records, basis),
    failed: wasteOf(records, basis),
    excluded: spentOf(successes(records.filter((record) => !kept.has(record))), basis),
    used: spentOf(successes(records.filter((record) => kept.has(record))), basis),
    idleSeconds: groupBy(runs, ({ session }) => session).reduce((sum, session) => sum + gapsOf(session), 0),
    idleJoules: idleJoules(records, basis),
  };
}

/** Seconds between the attempts of a session in which none ran. */
function gapsOf(session: readonly StudyRun[]): number {
  const spans = session
    .flatMap(({ record }) => record.attempts)
    .flatMap(({ started_at: start, duration_seconds: seconds }) => {
      return seconds === null ? [] : [{ start: Date.parse(start) / 1000, seconds }];
    })
    .sort((a, b) => a.start - b.start);
  let idle = 0;
  let end = spans[0]?.start ?? 0;
  for (const { start, seconds } of spans) {
    idle += Math.max(0, start - end);
    end = Math.max(end, start + seconds);
  }
  return idle;
}

/** Gross energies less those beyond idling, where both are known. */
function idleJoules(records: readonly RecordJson[], basis: CostBasis): number | null {
  const net: CostBasis = { ...basis, parts: basis.parts.map((name) => `${name}_net`) };
  const known = records
    .flatMap(({ attempts }) => attempts)
    .flatMap(({ energy }) => {
      const [gross, beyond] = [costOf(energy, basis).joules, netOf(energy, net)];
      return gross === null || beyond === null ? [] : [gross - beyond];
    });
  return known.length > 0 ? known.reduce((sum, joules) => sum + joules, 0) : null;
}

function netOf(energy: RecordJson["energy"], { kind, parts }: CostBasis): number | null {
  if (kind !== "measured") return null;
  const values = parts.map((name) => energy.filter((quantity) => quantity.name === name).map(({ value }) => value));
  if (values.some((each) => each.length === 0 || each.includes(null))) return null;
  return values.flat().reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
