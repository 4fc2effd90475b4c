import { costBasis, keyedRuns, spentOf, wasteOf } from "@ea/analysis";
import type { ReportInput } from "../report-input.ts";
import { chapterOf } from "./chapter.ts";
import { flagsOf } from "./flags.ts";
import { machinesOf } from "./machines.ts";
import { metersOf } from "./meters.ts";
import type { ReportData } from "./report-data.ts";
import { sessionFacts } from "./sessions.ts";

/** Everything that a report shows, out of the records. */
export function reportDataOf(input: ReportInput): ReportData {
  const known = input.sessions.flatMap(({ name, plan, records }) => keyedRuns(name, records, plan?.rows ?? []));
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
    total: spentOf(records, basis),
    skipped: input.skipped,
    factors: input.factors ?? null,
    toolVersion: input.toolVersion,
    createdAt: input.createdAt,
  };
}
