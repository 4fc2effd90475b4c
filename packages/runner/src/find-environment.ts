import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { cpus, hostname, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import type { DeviceState } from "@ea/energy";
import type { Environment } from "@ea/records";
import { execa } from "execa";
import type { GovernorState } from "./governor.ts";
import { hashText } from "./hash.ts";
import type { TrainingScript } from "./training-script.ts";

/** Variables that bear on speed, energy or results, and hold no secret. */
const RECORDED_VARIABLES =
  /^(?:CUDA_VISIBLE_DEVICES|CUDA_DEVICE_ORDER|CUDA_LAUNCH_BLOCKING|CUBLAS_WORKSPACE_CONFIG|(?:OMP|MKL|OPENBLAS|NUMEXPR|TF)_NUM_[A-Z_]*THREADS|OMP_(?:PROC_BIND|PLACES)|KMP_AFFINITY|PYTHONHASHSEED|PYTORCH_CUDA_ALLOC_CONF|TF_DETERMINISTIC_OPS|TF_ENABLE_ONEDNN_OPTS|NVIDIA_TF32_OVERRIDE|XLA_FLAGS|CONDA_DEFAULT_ENV|VIRTUAL_ENV|LANG|LC_ALL|SLURM_(?:CLUSTER_NAME|JOB_ID|JOB_PARTITION|JOB_GPUS|ARRAY_JOB_ID|ARRAY_TASK_ID|RESTART_COUNT|CPUS_ON_NODE)|SLURMD_NODENAME)$/;

/** Where a training takes place: machine, devices, governor, and the state of the training's repository. */
export async function findEnvironment(
  script: TrainingScript,
  context: {
    readonly toolVersion: string;
    readonly governor: GovernorState;
    readonly devices: readonly DeviceState[];
    readonly libraries: Readonly<Record<string, string>>;
    /** Variables of the caller. */
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): Promise<Environment> {
  const { before, requested, during } = context.governor;
  machine ??= await findMachine();
  return {
    ...machine,
    toolVersion: context.toolVersion,
    governor: { before, requested, during },
    gpus: context.devices.map(({ device, model, driverVersion, powerLimitWatts }) => ({
      uuid: device,
      model,
      driverVersion,
      powerLimitWatts,
    })),
    repository: {
      path: script.workingDirectory,
      ...(await gitState(script.workingDirectory)),
      scriptSha256: await readFile(script.script).then(hashText, () => undefined),
    },
    libraries: context.libraries,
    variables: recorded({ ...context.environment, ...script.variables }),
  };
}

/** What does not change while this process lives. */
let machine: Awaited<ReturnType<typeof findMachine>> | undefined;

async function findMachine() {
  const processors = cpus();
  return {
    host: hostname(),
    kernel: release(),
    cpuModel: processors[0]?.model,
    cpuMicrocode: /^microcode\s*: (\S+)$/m.exec(await readFile("/proc/cpuinfo", "utf8").catch(() => ""))?.[1],
    cpuThreads: processors.length,
    memoryBytes: totalmem(),
    nodeVersion: process.version,
  };
}

function recorded(variables: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value !== undefined && RECORDED_VARIABLES.test(name) ? [[name, value]] : [],
    ),
  );
}

async function gitState(directory: string): Promise<{ commit: string | undefined; dirty: boolean | undefined }> {
  if (!isInRepository(directory)) return { commit: undefined, dirty: undefined };
  // One process for both, and without the lock that a user's own git would find
  const args = ["--no-optional-locks", "-C", directory, "status", "--porcelain=v2", "--branch", "--", "."];
  const { failed, stdout } = await execa("git", args, { reject: false, stdin: "ignore", timeout: 10_000 });
  const commit = failed ? undefined : /^# branch\.oid ([0-9a-f]+)$/m.exec(stdout)?.[1];
  return { commit, dirty: commit === undefined ? undefined : /^[^#]/m.test(stdout) };
}

/** As git looks for it, without starting git for each row of those who have none. */
function isInRepository(directory: string): boolean {
  return (
    existsSync(join(directory, ".git")) || (dirname(directory) !== directory && isInRepository(dirname(directory)))
  );
}
