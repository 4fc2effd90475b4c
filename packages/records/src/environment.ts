import { z } from "zod";

const text = z.string().nullable();

/** Where a run took place, as it stands on disk. Fields beside these are kept. */
export const EnvironmentJson = z.looseObject({
  /** `null` where nobody recorded it: of a run that was imported. */
  host: text,
  kernel: text,
  cpu_model: text,
  cpu_microcode: text.default(null),
  cpu_threads: z.int().nullable(),
  memory_bytes: z.number().nullable(),
  node_version: text,
  tool_version: text,
  governor: z.looseObject({ before: text, requested: text, during: text }),
  gpus: z.array(
    z.looseObject({ uuid: z.string(), model: text, driver_version: text, power_limit_watts: z.number().nullable() }),
  ),
  repository: z.looseObject({ path: text, commit: text, dirty: z.boolean().nullable(), script_sha256: text }),
  libraries: z.record(z.string(), z.string()).default({}),
  variables: z.record(z.string(), z.string()).default({}),
});
/** Where a run took place, as it stands on disk. */
export type EnvironmentJson = z.infer<typeof EnvironmentJson>;

/** Where a run took place; `undefined` is what could not be found out. */
export interface Environment {
  readonly host: string;
  readonly kernel: string;
  readonly cpuModel: string | undefined;
  /** Revision as the kernel prints it, such as `0x2b000643`. */
  readonly cpuMicrocode: string | undefined;
  readonly cpuThreads: number;
  readonly memoryBytes: number;
  readonly nodeVersion: string;
  readonly toolVersion: string;
  /** CPU frequency governor; `during` is what the kernel said after it was asked for. */
  readonly governor: {
    readonly before: string | undefined;
    readonly requested: string | undefined;
    readonly during: string | undefined;
  };
  readonly gpus: readonly {
    readonly uuid: string;
    readonly model: string | undefined;
    readonly driverVersion: string | undefined;
    readonly powerLimitWatts: number | undefined;
  }[];
  readonly repository: {
    readonly path: string;
    readonly commit: string | undefined;
    readonly dirty: boolean | undefined;
    readonly scriptSha256: string | undefined;
  };
  /** Versions of what the training uses, by name: `python`, `torch`. */
  readonly libraries: Readonly<Record<string, string>>;
  /** Environment variables that bear on a training; never one that may hold a secret. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The on-disk form of an environment. */
export function environmentToJson(environment: Environment): EnvironmentJson {
  const { governor, repository } = environment;
  return {
    host: environment.host,
    kernel: environment.kernel,
    cpu_model: environment.cpuModel ?? null,
    cpu_microcode: environment.cpuMicrocode ?? null,
    cpu_threads: environment.cpuThreads,
    memory_bytes: environment.memoryBytes,
    node_version: environment.nodeVersion,
    tool_version: environment.toolVersion,
    governor: {
      before: governor.before ?? null,
      requested: governor.requested ?? null,
      during: governor.during ?? null,
    },
    gpus: environment.gpus.map((gpu) => ({
      uuid: gpu.uuid,
      model: gpu.model ?? null,
      driver_version: gpu.driverVersion ?? null,
      power_limit_watts: gpu.powerLimitWatts ?? null,
    })),
    repository: {
      path: repository.path,
      commit: repository.commit ?? null,
      dirty: repository.dirty ?? null,
      script_sha256: repository.scriptSha256 ?? null,
    },
    libraries: { ...environment.libraries },
    variables: { ...environment.variables },
  };
}
