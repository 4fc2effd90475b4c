import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import type { DeviceState } from "@ea/energy";
import { hashText } from "./hash.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import type { TrainingScript } from "./training-script.ts";

/** What the numbers of a session depend on besides its plan, as JSON: changed, they cannot be compared any more. */
export interface Basis {
  /** Each experiment, with the description of its repository. */
  readonly experiments: readonly unknown[];
  /** SHA-256 of each repository's training script. */
  readonly scripts: Readonly<Record<string, string | null>>;
  /** CPU and GPUs. */
  readonly machine?: Readonly<Record<string, unknown>> | undefined;
}

/** What the experiments depend on now; the machine is not looked at. */
export async function basisOf(
  experiments: readonly RequestedExperiment[],
  scripts: ReadonlyMap<string, TrainingScript>,
): Promise<Basis> {
  const hashes = [...scripts].map(async ([repository, { script }]) => {
    return [repository, await readFile(script).then(hashText, () => null)] as const;
  });
  return {
    experiments: experiments.map((each): unknown =>
      JSON.parse(JSON.stringify({ ...withoutSecrets(each), background: backgroundBasis(each) })),
    ),
    scripts: Object.fromEntries(await Promise.all(hashes)),
  };
}

function backgroundBasis({ background }: RequestedExperiment): unknown {
  return background && { ...background, experiment: withoutSecrets(background.experiment) };
}

/**
 * Variables of a training may hold secrets: that one has changed is known by its hash. How many runs are asked for may
 * change: JSON leaves out what is `undefined`.
 */
function withoutSecrets(experiment: RequestedExperiment): Readonly<Record<string, unknown>> {
  const env = Object.entries(experiment.config.env).map(([name, value]) => [name, hashText(value)]);
  return { ...experiment, runs: undefined, config: { ...experiment.config, env: Object.fromEntries(env) } };
}

/** The hardware that runs are compared on. */
export function machineOf(devices: readonly DeviceState[]): Readonly<Record<string, unknown>> {
  const processors = cpus();
  return {
    cpu_model: processors[0]?.model ?? null,
    cpu_threads: processors.length,
    gpus: devices.map(({ device, model }) => ({ uuid: device, model: model ?? null })),
  };
}
