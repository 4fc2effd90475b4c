import type { AuditRun } from "./audit-run.ts";
import { duplicates } from "./duplicates.ts";
import { falseSuccess } from "./false-success.ts";
import type { Finding } from "./finding.ts";
import { foreignEnergy } from "./foreign-energy.ts";
import { gpuUse } from "./gpu-use.ts";
import { ineffectiveParameters } from "./ineffective-parameter.ts";
import { metricSanity } from "./metric-sanity.ts";
import { outliers } from "./outliers.ts";
import { parallelContamination } from "./parallel-contamination.ts";
import { parameterVectors } from "./parameter-vector.ts";
import { sampling } from "./sampling.ts";
import { soloContamination } from "./solo-contamination.ts";
import { thermal } from "./thermal.ts";
import { type Thresholds, thresholdsWith } from "./thresholds.ts";

/**
 * Everything that speaks against the numbers of runs, by itself or beside the others: give it all runs of a machine at once.
 * What a record says of itself is in it as well; what both say is told once.
 */
export function auditRuns(runs: readonly AuditRun[], changed: Partial<Thresholds> = {}): readonly Finding[] {
  const thresholds = thresholdsWith(changed);
  const solo = soloContamination(runs, thresholds);
  const grave = [
    ...solo,
    ...parallelContamination(runs, solo, thresholds),
    ...foreignEnergy(runs, thresholds),
    ...falseSuccess(runs, thresholds),
    ...ineffectiveParameters(runs, thresholds),
  ];
  const spoilt = new Set(grave.filter(({ severity }) => severity === "error").map((each) => each.experiment_id));
  const sound = runs.filter(({ id }) => !spoilt.has(id));
  const found = [
    ...grave,
    ...duplicates(runs),
    ...sampling(runs, thresholds),
    ...metricSanity(runs, thresholds),
    ...gpuUse(sound, thresholds),
    ...thermal(runs, sound, thresholds),
    ...parameterVectors(runs, thresholds),
    ...outliers(sound, thresholds),
  ];
  const told = new Set(found.map(({ experiment_id: id, code }) => JSON.stringify([id, code])));
  const recorded = runs.flatMap((run) =>
    run.flags
      .filter(({ code }) => !told.has(JSON.stringify([run.id, code])))
      .map((flag): Finding => ({ ...flag, experiment_id: run.id, source: run.source ?? null })),
  );
  return [...found, ...recorded];
}
