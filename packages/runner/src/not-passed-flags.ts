import type { Flag, PlanRow } from "@ea/records";
import type { RepositoryConfig } from "./models-config.ts";

/** Tells which recorded values were not passed, so that the training has used defaults of its own. */
export function notPassedFlags(
  { hyperparameters, argv }: Pick<PlanRow, "hyperparameters" | "argv">,
  { supported_hyperparams: parameters }: Pick<RepositoryConfig, "supported_hyperparams">,
): readonly Flag[] {
  const names = Object.entries(parameters).flatMap(([name, { flag }]) => {
    const hasValue = (hyperparameters[name] ?? null) !== null;
    return hasValue && flag !== undefined && !argv.includes(flag) ? [name] : [];
  });
  if (names.length === 0) return [];
  const message = `only mutated hyperparameters are passed (pass: mutated); the values of ${names.join(", ")} are the configuration's, and the training has used its own`;
  return [{ code: "not-passed", severity: "info", message, evidence: { names } }];
}
