import { readdir } from "node:fs/promises";
import type { TimeWindow } from "@ea/energy";
import { cpuQuantities } from "./cpu-quantities.ts";
import { type GpuFiles, gpuFiles } from "./gpu-files.ts";

const ENERGY_FILE = /^(?:cpu_energy(?:_raw|_powercap)?\.(?:txt|csv)|gpu_(?:raw|power|temperature|utilization)\.csv)$/;

/** When the meters of a directory have measured, in milliseconds since 1970; without it, what the files hold. */
export interface EnergyWindows {
  readonly gpu?: TimeWindow | undefined;
  readonly cpu?: TimeWindow | undefined;
}

/** What the energy files of an attempt tell, the CPU's quantities after the GPU's. */
export type EnergyDirectory = GpuFiles;

/**
 * Reads the energy files of an attempt: ours, also of a session that was killed, or the original's `energy/`.
 *
 * @returns `undefined` for a directory without energy files.
 * @throws what the system says, and the errors of the parsers of perf, nvidia-smi and tables.
 */
export async function readEnergyDirectory(
  path: string,
  { gpu: window, cpu: cpuWindow }: EnergyWindows = {},
): Promise<EnergyDirectory | undefined> {
  const names = await readdir(path);
  if (!names.some((name) => ENERGY_FILE.test(name))) return undefined;
  const cpu = await cpuQuantities(path, cpuWindow && (cpuWindow.endMs - cpuWindow.startMs) / 1000);
  const gpu = await gpuFiles(path, names, window);
  return { ...gpu, quantities: [...gpu.quantities, ...cpu.quantities], files: { ...cpu.files, ...gpu.files } };
}
