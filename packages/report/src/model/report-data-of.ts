import { costBasis } from "@ea/analysis";
import type { RecordJson } from "@ea/records";
import type { ReportInput, SessionInput } from "../report-input.ts";
import { chapterOf, type KnownRecord } from "./chapter.ts";
import { flagsOf } from "./flags.ts";
import { machinesOf } from "./machines.ts";
import { metersOf } from "./meters.ts";
import type { ReportData } from "./report-data.ts";
import { sessionFacts } from "./sessions.ts";
import { totalOf, wasteOf } from "./waste.ts";

/** Everything that a report shows, out of the records. */
export function reportDataOf(input: ReportInput): ReportData {
  const known = input.sessions.flatMap(knownRecords);
  const records = known.map(({ record }) => record);
  const { machines, positions } = machinesOf(records.map(({ environment }) => environment));
  const basis = costBasis(records);
  const options = { basis, metric: input.metric, goal: input.goal };
  const located = known.map((each, index) => ({ ...each, machine: positions[index] ?? 0 }));
  const repositories = [...new Set(records.map(({ repository }) => repository))];
  return {
    basis,
    chapters: repositories.map((repository) =>
      chapterOf(
        repository,
        located.filter(({ record }) => record.repository === repository),
        options,
      ),
    ),
    sessions: input.sessions.map(sessionFacts),
    machines,
    meters: metersOf(records),
    flags: flagsOf(records),
    waste: wasteOf(records, basis),
    total: totalOf(records, basis),
    skipped: input.skipped,
    factors: input.factors ?? null,
    toolVersion: input.toolVersion,
    createdAt: input.createdAt,
  };
}

function knownRecords({ name, plan, records }: SessionInput): readonly Omit<KnownRecord, "machine">[] {
  const keys = new Map(plan?.rows.map(({ experimentId, key }) => [experimentId, key]));
  return records.map((record) => ({
    record,
    session: name,
    key: keys.get(record.experiment_id) ?? keyOf(record),
  }));
}

/** Where no plan says what a configuration is: all parameters but one that is called seed. */
function keyOf({ hyperparameters }: RecordJson): string {
  const entries = Object.entries(hyperparameters).filter(([name]) => name.toLowerCase() !== "seed");
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
