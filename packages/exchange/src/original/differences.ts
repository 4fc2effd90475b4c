import type { ImportedJson, PublishedJson, RecordJson } from "@ea/records";

type Values = Pick<RecordJson, "duration_seconds" | "energy_metrics" | "performance_metrics">;

/** What was found here against what was published, where both are numbers. */
export function differencesOf(found: Values, published: readonly PublishedJson[]): ImportedJson["differences"] {
  return published.flatMap((entry, position) => [
    ...compare(position, "duration_seconds", { "": found.duration_seconds }, { "": entry.duration_seconds }),
    ...compare(position, "energy_metrics.", found.energy_metrics, entry.energy_metrics),
    ...compare(position, "performance_metrics.", found.performance_metrics, entry.performance_metrics),
  ]);
}

function compare(
  published: number,
  prefix: string,
  found: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): ImportedJson["differences"] {
  return Object.entries(theirs).flatMap(([name, their]) => {
    const value = found[name];
    if (typeof value !== "number" || typeof their !== "number" || value === their) return [];
    const relative = their === 0 ? null : value / their - 1;
    return [{ published, field: `${prefix}${name}`, published_value: their, value, relative }];
  });
}
