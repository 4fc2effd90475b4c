import type { ImportedJson, ParameterValue } from "@ea/records";

/** Values of hyperparameters by name. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** What is known of the parameters of a run, beside its own record. */
export interface ParameterSources {
  readonly recorded: Parameters;
  readonly echoed: ImportedJson["echoed"];
  /** What trainings of this model said they had got where it was not passed, when all of them said the same. */
  readonly trainerDefaults: Parameters;
  /** Those of a configuration. */
  readonly configured: Parameters;
}

/** The parameters of a run as far as they are known, and where each comes from. */
export interface ParameterVector {
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly provenance: Readonly<Record<string, string>>;
}

/**
 * Completes the parameters of a run: as recorded, else as its log tells, else as the trainer had it in other runs, else as
 * configured. A seed that was not passed is none: without one the trainings were not deterministic.
 */
export function parameterVector({ recorded, echoed, trainerDefaults, configured }: ParameterSources): ParameterVector {
  const values = new Map<string, ParameterValue>();
  const provenance = new Map<string, string>();
  const add = (given: Parameters, source: string): void => {
    for (const [name, value] of Object.entries(given)) {
      if (values.has(name)) continue;
      values.set(name, value);
      provenance.set(name, source);
    }
  };
  const withoutSeed = (given: Parameters): Parameters =>
    Object.fromEntries(Object.entries(given).filter(([name]) => name !== "seed"));
  add(recorded, "recorded");
  add(Object.fromEntries(Object.entries(echoed).map(([name, { value }]) => [name, value])), "echoed in the log");
  add(withoutSeed(trainerDefaults), "trainer's default: echoed by other runs of the model to which it was not passed");
  add(withoutSeed(configured), "default of the configuration");
  return { values: Object.fromEntries(values), provenance: Object.fromEntries(provenance) };
}
