import type { Front, FrontPoint, StudyAnalysis } from "@ea/analysis";
import { basisText, isAbsent } from "@ea/analysis";
import type { ReadStudy } from "./read-study.ts";

/** Version of the document that `--json` prints. */
const SCHEMA_VERSION = 1;

/**
 * The document of `ea analyze --json`: the analysis with names in snake_case. What could not be told is
 * `{ value: null, reason }`; names that users gave are values, never names of fields.
 */
export function analysisToJson(analysis: StudyAnalysis, { skipped }: Pick<ReadStudy, "skipped">): unknown {
  const groups = analysis.groups.map(({ front, basis, ...group }) => ({
    ...group,
    basis,
    basisText: basisText(basis),
    front: isAbsent(front) ? front : frontOf(front),
  }));
  return snakeCase({ schemaVersion: SCHEMA_VERSION, ...analysis, groups, notRead: skipped });
}

function frontOf({ points, best, knee, cheapest, reference, ...front }: Front) {
  return {
    ...front,
    reference: { cost: reference.x, metric: reference.y },
    points: points.map(pointOf),
    best: pointOf(best),
    knee: isAbsent(knee) ? knee : pointOf(knee),
    cheapest: pointOf(cheapest),
  };
}

function pointOf({ configuration, cost, metric, isOnFront, membership }: FrontPoint) {
  const { key, label, records } = configuration;
  return { key, label, cost, metric, isOnFront, membership, experimentIds: records.map((each) => each.experiment_id) };
}

function snakeCase(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(snakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCase(member),
    ]),
  );
}
