import type { RecordJson } from "@ea/records";
import { median } from "simple-statistics";
import type { MeterFacts } from "./report-data.ts";

type Quantity = RecordJson["energy"][number];

/** Each source of energy figures once: how good it is, how often it had a value, and why not. */
export function metersOf(records: readonly RecordJson[]): readonly MeterFacts[] {
  const groups = new Map<string, Quantity[]>();
  for (const quantity of records.flatMap(({ energy }) => energy)) {
    const key = JSON.stringify([quantity.name, quantity.source, quantity.quality]);
    const group = groups.get(key) ?? [];
    group.push(quantity);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const shares = group.flatMap(({ value, uncertainty }) =>
      value !== null && value > 0 && uncertainty ? [uncertainty.combined / value] : [],
    );
    const has = (record: RecordJson, isWanted: (quantity: Quantity) => boolean): boolean =>
      record.energy.some(isWanted);
    const isSame = ({ name, source, quality }: Quantity): boolean =>
      name === first.name && source === first.source && quality === first.quality;
    return [
      {
        name: first.name,
        source: first.source,
        method: first.name === "cpu_estimate" ? "busy CPU seconds times published watts per thread" : first.method,
        quality: first.quality,
        runs: records.filter((record) => has(record, isSame)).length,
        of: records.length,
        uncertainty: shares.length > 0 ? median(shares) : null,
        reason: first.reason,
      },
    ];
  });
}
