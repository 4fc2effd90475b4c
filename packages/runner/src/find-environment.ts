import { readFile } from "node:fs/promises";
import { cpus, hostname, release, totalmem } from "node:os";
import type { DeviceState } from "@ea/energy";
import type { Environment } from "@ea/records";
import { execa } from "execa";
import type { GovernorState } from "./governor.ts";
import { hashText } from "./hash.ts";
import type { TrainingScript } from "./training-script.ts";

/** Where a training takes place: machine, devices, governor, and the state of the training's repository. */
export async function findEnvironment(
  script: TrainingScript,
  context: {
    readonly toolVersion: string;
    readonly governor: GovernorState;
    readonly devices: readonly DeviceState[];
  },
): Promise<Environment> {
  const { before, requested, during } = context.governor;
  const processors = cpus();
  return {
    host: hostname(),
    kernel: release(),
    cpuModel: processors[0]?.model,
    cpuThreads: processors.length,
    memoryBytes: totalmem(),
    nodeVersion: process.version,
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
  };
}

async function gitState(directory: string): Promise<{ commit: string | undefined; dirty: boolean | undefined }> {
  // One process for both, and without the lock that a user's own git would find
  const args = ["--no-optional-locks", "-C", directory, "status", "--porcelain=v2", "--branch", "--", "."];
  const { failed, stdout } = await execa("git", args, { reject: false, stdin: "ignore", timeout: 10_000 });
  const commit = failed ? undefined : /^# branch\.oid ([0-9a-f]+)$/m.exec(stdout)?.[1];
  return { commit, dirty: commit === undefined ? undefined : /^[^#]/m.test(stdout) };
}
