import type { Condition } from "./condition.ts";

const NVIDIA = "0x10de";

/** What the machine shows of its GPUs. */
export interface GpuTraces {
  /** Vendor ids of the display devices on the PCI bus. */
  readonly pciVendors: readonly string[];
  readonly hasNvidiaSmi: boolean;
  /** What `nvidia-smi --query-gpu=uuid,persistence_mode --format=csv,noheader` printed, when it ended well. */
  readonly persistence: string | undefined;
}

/** Whether an NVIDIA GPU is there, and who it listens to. */
export function gpuSetup({ pciVendors, hasNvidiaSmi, persistence }: GpuTraces): readonly Condition[] {
  const count = pciVendors.filter((vendor) => vendor.trim().toLowerCase() === NVIDIA).length;
  const driver: Condition =
    count > 0 && !hasNvidiaSmi
      ? {
          name: "GPU driver",
          status: "attention",
          finding: `${count} NVIDIA ${count === 1 ? "GPU" : "GPUs"} on the PCI bus, but no nvidia-smi`,
          fix: "sudo apt-get install nvidia-driver (Debian) or sudo ubuntu-drivers install (Ubuntu)",
        }
      : {
          name: "GPU driver",
          status: "ok",
          finding: hasNvidiaSmi ? "nvidia-smi is there" : "no NVIDIA GPU, no driver",
        };
  return hasNvidiaSmi ? [driver, persistenceMode(persistence)] : [driver];
}

/** Without persistence mode the driver is loaded anew for each client, and the first run pays for it. */
function persistenceMode(text: string | undefined): Condition {
  const name = "GPU persistence";
  const rows = (text ?? "").split("\n").flatMap((line) => /^(GPU-\S+), (Enabled|Disabled)$/.exec(line.trim()) ?? []);
  const off = (text ?? "").match(/^GPU-\S+, Disabled\s*$/gm)?.length ?? 0;
  if (rows.length === 0) return { name, status: "unknown", finding: "nvidia-smi does not tell the persistence mode" };
  if (off === 0) return { name, status: "ok", finding: "persistence mode is on" };
  const finding = `persistence mode is off on ${off} ${off === 1 ? "GPU" : "GPUs"}: the driver is loaded anew for each run`;
  return { name, status: "attention", finding, fix: "sudo nvidia-smi -pm 1" };
}
