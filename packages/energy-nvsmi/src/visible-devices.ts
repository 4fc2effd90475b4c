/** What tells a GPU apart. */
export interface GpuIdentity {
  readonly uuid: string;
  readonly index: number | undefined;
}

/**
 * Whether a training that is started with this `CUDA_VISIBLE_DEVICES` may use the GPU. Entries are indices or UUIDs,
 * which may be shortened; as in CUDA, everything from the first invalid entry on is ignored. `undefined` hides nothing.
 */
export function isVisible(gpu: GpuIdentity, visibleDevices: string | undefined): boolean {
  if (visibleDevices === undefined) return true;
  const entries = visibleDevices.split(",").map((entry) => entry.trim());
  const end = entries.findIndex((entry) => !/^(\d+|GPU-\S+|MIG-\S+)$/.test(entry));
  const valid = end === -1 ? entries : entries.slice(0, end);
  return valid.some((entry) => entry === String(gpu.index) || (entry.startsWith("GPU-") && gpu.uuid.startsWith(entry)));
}
