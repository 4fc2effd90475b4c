import type { RecordJson } from "@ea/records";
import type { FlagFacts } from "./report-data.ts";

const ORDER = { error: 0, warning: 1, info: 2 };

/** Every flag of every run, by code and severity: the worst first, then the most frequent. */
export function flagsOf(records: readonly RecordJson[]): readonly FlagFacts[] {
  const groups = new Map<string, { readonly first: RecordJson["flags"][number]; readonly ids: string[] }>();
  for (const { experiment_id, flags } of records) {
    for (const flag of flags) {
      const key = `${flag.severity} ${flag.code}`;
      const group = groups.get(key) ?? { first: flag, ids: [] };
      if (!group.ids.includes(experiment_id)) group.ids.push(experiment_id);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map(({ first: { code, severity, message }, ids }) => ({ code, severity, message, ids }))
    .sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || b.ids.length - a.ids.length);
}
