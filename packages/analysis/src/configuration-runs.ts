import type { PlanRow, RecordJson } from "@ea/records";

/** Records of one configuration, beside the same load if any: they differ in repetition and seed alone. */
export interface ConfigurationRuns {
  readonly repository: string;
  readonly model: string;
  /** Canonical string of the configuration. */
  readonly key: string;
  /** `epochs=8 lr=0.01`: what does not stand at its default and is the same in all runs; `defaults` for a baseline. */
  readonly label: string;
  readonly records: readonly RecordJson[];
}

/** A record, and the key that its plan has for its configuration. */
export interface KeyedRecord {
  readonly record: RecordJson;
  readonly key: string;
}

/** Records with the keys of their plan's rows; one whose row is not in the plan is left out. */
export function withKeys(records: readonly RecordJson[], rows: readonly PlanRow[]): readonly KeyedRecord[] {
  const keys = new Map(rows.map(({ row, key }) => [row, key]));
  return records.flatMap((record) => {
    const key = keys.get(record.row);
    return key === undefined ? [] : [{ record, key }];
  });
}

/** Records by configuration, in the order in which configurations first appear. */
export function byConfiguration(records: readonly KeyedRecord[]): readonly ConfigurationRuns[] {
  const groups = new Map<string, KeyedRecord[]>();
  for (const keyed of records) {
    const { repository, model, background } = keyed.record;
    const group = JSON.stringify([repository, model, keyed.key, background?.key]);
    const found = groups.get(group);
    if (found) found.push(keyed);
    else groups.set(group, [keyed]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { repository, model } = first.record;
    const own = group.map(({ record }) => record);
    return [{ repository, model, key: first.key, label: labelOf(own), records: own }];
  });
}

function labelOf(records: readonly RecordJson[]): string {
  const [first] = records;
  const names = first?.mutated.filter((name) => {
    return records.every(({ hyperparameters }) => hyperparameters[name] === first.hyperparameters[name]);
  });
  const beside = first?.background ? ` beside ${first.background.repository}/${first.background.model}` : "";
  if (!first || !names || names.length === 0) return `defaults${beside}`;
  return `${names.map((name) => `${name}=${String(first.hyperparameters[name] ?? null)}`).join(" ")}${beside}`;
}
