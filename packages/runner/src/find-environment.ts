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
  const git = async (...args: readonly string[]): Promise<string | undefined> => {
    const result = await execa("git", ["-C", directory, ...args], { reject: false, stdin: "ignore", timeout: 10_000 });
    return result.failed ? undefined : result.stdout;
  };
  const commit = await git("rev-parse", "HEAD");
  const changes = commit === undefined ? undefined : await git("status", "--porcelain", "--", ".");
  return { commit, dirty: changes === undefined ? undefined : changes !== "" };
}
