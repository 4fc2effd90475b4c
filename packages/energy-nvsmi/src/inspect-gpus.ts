import type { DeviceProcess, DeviceState } from "@ea/energy";
import { queryArguments } from "./columns.ts";
import { identifiedSamples } from "./identified-samples.ts";
import { runNvidiaSmi } from "./nvidia-smi.ts";
import type { GpuCapability } from "./probe-gpus.ts";

const APPS_QUERY = ["--query-compute-apps=gpu_uuid,pid,process_name,used_memory", "--format=csv,noheader,nounits"];

/** The GPUs that a training may use, as they stand now, with the processes that compute on them. */
export async function inspectGpus({ columns, gpus }: GpuCapability): Promise<readonly DeviceState[]> {
  const uuids = gpus.map(({ uuid }) => uuid);
  const [sweep, apps] = await Promise.all([runNvidiaSmi(queryArguments(columns)), runNvidiaSmi(APPS_QUERY)]);
  const processes = apps.failure === undefined ? parseComputeApps(apps.stdout) : undefined;
  return identifiedSamples(sweep.stdout)
    .filter(({ uuid }) => uuids.includes(uuid))
    .map((gpu) => ({
      device: gpu.uuid,
      model: gpu.model,
      driverVersion: gpu.driverVersion,
      processes: processes?.filter(({ uuid }) => uuid === gpu.uuid).map(({ process }) => process),
      powerWatts: gpu.powerWatts ?? gpu.powerInstantWatts ?? gpu.powerAverageWatts,
      powerLimitWatts: gpu.powerLimitWatts,
      temperatureCelsius: gpu.temperatureCelsius,
      utilizationPercent: gpu.utilizationPercent,
      memoryUsedMebibytes: gpu.memoryUsedMebibytes,
      throttleReasons: gpu.throttleReasons,
    }));
}

/** nvidia-smi prints `[Not Found]` or `[Insufficient Permissions]` in place of a name. */
function isTold(name: string | undefined): boolean {
  return name !== undefined && !/^\[.*\]$/.test(name);
}

/** Reads `nvidia-smi --query-compute-apps=gpu_uuid,pid,process_name,used_memory` without header. */
export function parseComputeApps(text: string): readonly { readonly uuid: string; readonly process: DeviceProcess }[] {
  return text.split("\n").flatMap((line) => {
    const [, uuid, pid, name, memory = ""] = /^(\S+), (\d+), (.*), (.*)$/.exec(line.trim()) ?? [];
    if (uuid === undefined) return [];
    const memoryMebibytes = /^\d+$/.test(memory) ? Number(memory) : undefined;
    return [{ uuid, process: { pid: Number(pid), name: isTold(name) ? name : undefined, memoryMebibytes } }];
  });
}
