import { chooseColumns, queryArguments } from "./columns.ts";
import { runNvidiaSmi } from "./nvidia-smi.ts";
import { type GpuSample, parseQuery } from "./parse-query.ts";
import { isVisible } from "./visible-devices.ts";

/** What nvidia-smi can measure here. */
export interface GpuCapability {
  readonly status: "ready" | "unreadable" | "absent";
  readonly columns: readonly string[];
  /** One sample of each GPU that a training may use. */
  readonly gpus: readonly GpuSample[];
  readonly reason: string | undefined;
  readonly fix: string | undefined;
}

/** Asks nvidia-smi for its columns and for one sweep over the GPUs. */
export async function probeGpus(visibleDevices: string | undefined): Promise<GpuCapability> {
  const help = await runNvidiaSmi(["--help-query-gpu"]);
  if (help.isMissing)
    return notReady("absent", "nvidia-smi is not installed: no NVIDIA driver on this machine", undefined);
  const columns = chooseColumns(help.stdout);
  const sweep = await runNvidiaSmi(queryArguments(columns));
  const { samples } = parseQuery(sweep.stdout);
  const gpus = [...new Map(samples.map((sample) => [sample.uuid, sample])).values()];
  const visible = gpus.filter((gpu) => isVisible(gpu, visibleDevices));
  if (gpus.length === 0) {
    const reason = sweep.failure ?? "nvidia-smi lists no GPU";
    return notReady("unreadable", reason, "check the driver with: nvidia-smi");
  }
  if (visible.length === 0 && visibleDevices?.startsWith("MIG-")) {
    const reason = `CUDA_VISIBLE_DEVICES="${visibleDevices}" is a MIG slice; nvidia-smi knows the power of the whole GPU only`;
    return notReady("unreadable", reason, undefined);
  }
  if (visible.length === 0) {
    return notReady(
      "unreadable",
      `CUDA_VISIBLE_DEVICES="${visibleDevices}" hides every GPU`,
      "unset CUDA_VISIBLE_DEVICES",
    );
  }
  if (visible.every(({ powerWatts }) => powerWatts === undefined)) {
    return notReady("unreadable", "the GPU reports no power (power.draw is [N/A])", undefined);
  }
  return { status: "ready", columns, gpus: visible, reason: undefined, fix: undefined };
}

function notReady(status: "unreadable" | "absent", reason: string, fix: string | undefined): GpuCapability {
  return { status, columns: [], gpus: [], reason, fix };
}
