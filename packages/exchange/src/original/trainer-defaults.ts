import type { ImportedJson, ParameterValue } from "@ea/records";
import type { Parameters } from "./parameter-vector.ts";

/** What trainers use where a parameter is not passed, learned from the logs of such runs. */
export interface TrainerDefaults {
  /** Takes the echoes of a run, of which those that are not recorded are defaults. */
  learn(repository: string, model: string, recorded: Parameters, echoed: ImportedJson["echoed"]): void;
  /** The defaults of a model; one of which two values were seen is none. */
  of(repository: string, model: string): Parameters;
}

/** Starts with nothing known. */
export function trainerDefaults(): TrainerDefaults {
  const models = new Map<string, Map<string, ParameterValue | undefined>>();
  return {
    learn(repository, model, recorded, echoed) {
      const key = `${repository}/${model}`;
      const known = models.get(key) ?? new Map<string, ParameterValue | undefined>();
      models.set(key, known);
      for (const [name, { value }] of Object.entries(echoed)) {
        if (name in recorded) continue;
        known.set(name, known.has(name) && known.get(name) !== value ? undefined : value);
      }
    },
    of(repository, model) {
      const known = [...(models.get(`${repository}/${model}`) ?? [])];
      return Object.fromEntries(known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    },
  };
}
