/** What tells a GPU apart. */
export interface GpuIdentity {
  readonly uuid: string;
  readonly index: number | undefined;
  /** Its MIG slices. */
  readonly migUuids?: readonly string[] | undefined;
}

/**
 * Whether a training that is started with this `CUDA_VISIBLE_DEVICES` may use the GPU, or a slice of it. Entries are
 * indices or UUIDs, which may be shortened; as in CUDA, everything from the first invalid entry on is ignored.
 * `undefined` hides nothing.
 */
export function isVisible(gpu: GpuIdentity, visibleDevices: string | undefined): boolean {
  if (visibleDevices === undefined) return true;
  return visibleEntries(visibleDevices).some((entry) => {
    if (entry.startsWith("GPU-")) return gpu.uuid.startsWith(entry);
    // before driver 470 a slice was named after its GPU: MIG-GPU-<uuid>/<instance>/<instance>
    if (entry.startsWith("MIG-GPU-")) return entry.slice("MIG-".length).split("/")[0] === gpu.uuid;
    if (entry.startsWith("MIG-")) return gpu.migUuids?.some((uuid) => uuid.startsWith(entry)) === true;
    return entry === String(gpu.index);
  });
}

/** Whether entries are indices, whose meaning depends on the order of the GPUs. */
export function usesIndices(visibleDevices: string | undefined): boolean {
  return visibleDevices !== undefined && visibleEntries(visibleDevices).some((entry) => /^\d+$/.test(entry));
}

function visibleEntries(visibleDevices: string): readonly string[] {
  const entries = visibleDevices.split(",").map((entry) => entry.trim());
  const end = entries.findIndex((entry) => !/^(\d+|GPU-\S+|MIG-\S+)$/.test(entry));
  return end === -1 ? entries : entries.slice(0, end);
}
