import { basisText, costBasis, costOf, type MeanDifference, meanDifference, sampleOf } from "@ea/analysis";
import { type Quantity, quantityFromJson } from "@ea/energy";
import type { RecordJson } from "@ea/records";
import { type ComparedRun, type Comparison, compare } from "../measure/compare.ts";
import type { ComparedGroup } from "./compared-group.ts";

/** How a metric of two configurations differs. */
export interface MetricComparison extends MeanDifference {
  readonly name: string;
  readonly means: readonly [baseline: number, changed: number];
}

/** What can be said about two configurations. */
export interface GroupComparison {
  /** Energies, the sum of all first, then the duration. */
  readonly figures: readonly Comparison[];
  readonly metrics: readonly MetricComparison[];
}

/** Compares two configurations by the means of their runs: the second one with the first. */
export function compareGroups(groups: readonly [ComparedGroup, ComparedGroup]): GroupComparison {
  const [baseline, changed] = groups;
  const basis = costBasis([...baseline.records, ...changed.records]);
  const runs = groups.flatMap(({ records }, command) => records.map((record) => runOf(record, command, basis)));
  const names = Object.keys(changed.records[0]?.performance_metrics ?? {});
  const metrics = names.flatMap((name): readonly MetricComparison[] => {
    const [old, now] = groups.map(({ records }) =>
      sampleOf(records.flatMap((each) => each.performance_metrics[name] ?? [])),
    );
    return old && now ? [{ name, means: [old.mean, now.mean], ...meanDifference(now, old) }] : [];
  });
  return { figures: compare(groups, runs), metrics };
}

function runOf(record: RecordJson, command: number, basis: ReturnType<typeof costBasis>): ComparedRun {
  const quantities = record.energy.map(quantityFromJson).filter(({ name }) => !name.endsWith("_net"));
  const { joules } = costOf(record.energy, basis);
  const total: Quantity = {
    name: basisText(basis),
    scope: "host",
    value: joules,
    unit: "J",
    source: "records",
    method: "sum",
    quality: joules === null ? "unavailable" : "measured",
    ...(joules === null && { reason: "a part is missing" }),
  };
  return {
    command,
    exitCode: 0,
    isInterrupted: false,
    durationSeconds: record.duration_seconds,
    energies: (basis.kind === "measured" && basis.parts.length > 1 ? [total, ...quantities] : quantities).map(
      (quantity) => ({
        quantity,
      }),
    ),
  };
}
