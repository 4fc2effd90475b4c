import { BASE_COLUMNS, chooseColumns, queryArguments } from "./columns.ts";
import { parseDeviceList } from "./device-list.ts";
import { type IdentifiedSample, identifiedSamples } from "./identified-samples.ts";
import { type NvidiaSmiOutput, runNvidiaSmi } from "./nvidia-smi.ts";
import { powerColumn } from "./power-sensor.ts";
import { isVisible, usesIndices } from "./visible-devices.ts";

/** Which GPUs are a training's own. */
export interface GpuSelection {
  /** `CUDA_VISIBLE_DEVICES` of the training; `undefined` hides nothing. */
  readonly visibleDevices?: string | undefined;
  /** `CUDA_DEVICE_ORDER` of the training. */
  readonly deviceOrder?: string | undefined;
}

/** What nvidia-smi can measure here. */
export interface GpuCapability {
  readonly status: "ready" | "unreadable" | "absent";
  readonly columns: readonly string[];
  /** One sample of each GPU that a training may use. */
  readonly gpus: readonly IdentifiedSample[];
  /** Whether there are others that it may not use. */
  readonly isPart: boolean;
  readonly reason: string | undefined;
  readonly fix: string | undefined;
}

/** Asks nvidia-smi for its columns and for one sweep over the GPUs. */
export async function probeGpus({ visibleDevices, deviceOrder }: GpuSelection): Promise<GpuCapability> {
  const help = await runNvidiaSmi(["--help-query-gpu"]);
  if (help.isMissing)
    return notReady("absent", "nvidia-smi is not installed: no NVIDIA driver on this machine", undefined);
  const { columns, sweep } = await firstSweep(chooseColumns(help.stdout));
  const samples = identifiedSamples(sweep.stdout);
  const gpus = [...new Map(samples.map((sample) => [sample.uuid, sample])).values()];
  if (gpus.length === 0) {
    return notReady("unreadable", sweep.failure ?? "nvidia-smi lists no GPU", "check the driver with: nvidia-smi");
  }
  if (usesIndices(visibleDevices) && deviceOrder !== "PCI_BUS_ID" && new Set(gpus.map(({ model }) => model)).size > 1) {
    const reason = `CUDA_VISIBLE_DEVICES="${visibleDevices}" counts different GPUs in an order of CUDA's own`;
    return notReady("unreadable", reason, "export CUDA_DEVICE_ORDER=PCI_BUS_ID");
  }
  const slices = visibleDevices?.includes("MIG-") ? parseDeviceList((await runNvidiaSmi(["-L"])).stdout) : [];
  const visible = gpus.filter((gpu) => {
    const migUuids = slices.find(({ uuid }) => uuid === gpu.uuid)?.migUuids;
    return isVisible({ ...gpu, migUuids }, visibleDevices);
  });
  if (visible.length === 0) {
    const reason = `CUDA_VISIBLE_DEVICES="${visibleDevices}" hides every GPU`;
    return notReady("unreadable", reason, "unset CUDA_VISIBLE_DEVICES");
  }
  if (powerColumn(visible) === undefined) {
    const [{ powerAbsence = "nothing" } = {}] = visible;
    return notReady("unreadable", `the GPU reports no power (power.draw is ${powerAbsence})`, undefined);
  }
  const isPart = visible.length < gpus.length;
  return { status: "ready", columns, gpus: visible, isPart, reason: undefined, fix: undefined };
}

/** The columns that this driver really answers: one may be in the help and refused all the same. */
async function firstSweep(
  columns: readonly string[],
): Promise<{ readonly columns: readonly string[]; readonly sweep: NvidiaSmiOutput }> {
  const sweep = await runNvidiaSmi(queryArguments(columns));
  if (!/not a valid field to query/.test(sweep.stdout + (sweep.failure ?? ""))) return { columns, sweep };
  return { columns: BASE_COLUMNS, sweep: await runNvidiaSmi(queryArguments(BASE_COLUMNS)) };
}

function notReady(status: "unreadable" | "absent", reason: string, fix: string | undefined): GpuCapability {
  return { status, columns: [], gpus: [], isPart: false, reason, fix };
}
