/** One GPU of `nvidia-smi -L`, with its MIG slices. */
export interface ListedGpu {
  readonly uuid: string;
  readonly migUuids: readonly string[];
}

/** Reads `nvidia-smi -L`: one line a GPU, below it one line a MIG slice. */
export function parseDeviceList(text: string): readonly ListedGpu[] {
  const gpus: { uuid: string; migUuids: string[] }[] = [];
  for (const line of text.split("\n")) {
    const uuid = /\(UUID: ([^)\s]+)\)/.exec(line)?.[1];
    if (uuid === undefined) continue;
    if (/^GPU \d+:/.test(line)) gpus.push({ uuid, migUuids: [] });
    else if (uuid.startsWith("MIG-")) gpus.at(-1)?.migUuids.push(uuid);
  }
  return gpus;
}
