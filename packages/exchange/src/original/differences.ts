import type { ImportedJson, PublishedJson, RecordJson } from "@ea/records";

type Values = Pick<RecordJson, "duration_seconds" | "energy_metrics" | "performance_metrics">;

/**
 * What was found here against what was published, where both are numbers and not the same.
 *
 * @param inOurUnit turns a published metric into the unit that it has here.
 */
export function differencesOf(
  found: Values,
  published: readonly PublishedJson[],
  inOurUnit: (metric: string, value: number) => number,
): ImportedJson["differences"] {
  return published.flatMap((entry, position) => {
    const metrics = Object.entries(entry.performance_metrics).map(([name, value]) => [name, inOurUnit(name, value)]);
    const pairs: readonly (readonly [field: string, value: unknown, published: unknown])[] = [
      ["duration_seconds", found.duration_seconds, entry.duration_seconds],
      ...pairsOf("energy_metrics", found.energy_metrics, entry.energy_metrics),
      ...pairsOf("performance_metrics", found.performance_metrics, Object.fromEntries(metrics)),
    ];
    return pairs.flatMap(([field, value, their]) => {
      if (typeof value !== "number" || typeof their !== "number" || value === their) return [];
      return [
        { published: position, field, published_value: their, value, relative: their === 0 ? null : value / their - 1 },
      ];
    });
  });
}

function pairsOf(
  prefix: string,
  found: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): readonly (readonly [field: string, value: unknown, published: unknown])[] {
  return Object.entries(theirs).map(([name, their]) => [`${prefix}.${name}`, found[name], their]);
}
