import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GOVERNOR_TIMEOUT_SECONDS } from "./defaults.ts";

/** What became of the CPU frequency governor. */
export interface GovernorState {
  /** `undefined` when the kernel has no governor here. */
  readonly before: string | undefined;
  readonly requested: string | undefined;
  /** What the kernel says now. */
  readonly during: string | undefined;
  /** Why the request was not fulfilled, and what helps. */
  readonly problem: string | undefined;
  /** Puts back what was there before, on every CPU where it changed; rejects when one of them refuses. */
  readonly restore: () => Promise<void>;
}

const CPU_DIRECTORY = "/sys/devices/system/cpu";

/** The governors that the CPUs have now, each once, in order; none where the kernel has no governor. */
export async function currentGovernors(cpuDirectory = CPU_DIRECTORY): Promise<readonly string[]> {
  const governors = await readGovernors(await governorFiles(cpuDirectory));
  return [...new Set(governors.values())].sort();
}

/** Asks every CPU for a governor, or only looks when none is requested. */
export async function setGovernor(
  requested: string | undefined,
  options: {
    readonly cpuDirectory?: string | undefined;
    /** Told what each file held before it is written to, and nothing once all have it again: for a watchdog. */
    readonly onChange?: ((before: ReadonlyMap<string, string>) => void) | undefined;
  } = {},
): Promise<GovernorState> {
  const { cpuDirectory = CPU_DIRECTORY, onChange } = options;
  const files = await governorFiles(cpuDirectory);
  const before = await readGovernors(files);
  const first = before.values().next().value;
  const unchanged = { before: first, requested, restore: () => Promise.resolve() };
  if (requested === undefined) return { ...unchanged, during: first, problem: undefined };
  if (files.length === 0) {
    return {
      ...unchanged,
      during: undefined,
      problem: `governor ${requested}: not set, this kernel has no CPU frequency governor (a virtual machine?)`,
    };
  }
  const restore = async (): Promise<void> => {
    const now = await readGovernors(files);
    const changed = [...before].filter(([file, governor]) => now.get(file) !== governor);
    const results = await Promise.allSettled(changed.map(([file, governor]) => writeFile(file, governor)));
    for (const result of results) if (result.status === "rejected") throw result.reason;
    onChange?.(new Map());
  };
  onChange?.(before);
  try {
    const gaveUp = AbortSignal.timeout(GOVERNOR_TIMEOUT_SECONDS * 1000);
    for (const file of files) await writeFile(file, requested, { signal: gaveUp });
    return {
      before: first,
      requested,
      during: (await readGovernors(files)).values().next().value,
      problem: undefined,
      restore,
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const fix = `sudo cpupower frequency-set -g ${requested}`;
    const during = (await readGovernors(files)).values().next().value;
    return {
      before: first,
      requested,
      during,
      problem: `governor ${requested}: not set on every CPU (${words}); try: ${fix}`,
      restore,
    };
  }
}

async function governorFiles(cpuDirectory: string): Promise<readonly string[]> {
  const names = await readdir(cpuDirectory).catch((): string[] => []);
  const files = names
    .filter((name) => /^cpu\d+$/.test(name))
    .map((name) => join(cpuDirectory, name, "cpufreq/scaling_governor"));
  const readable = await readGovernors(files);
  return [...readable.keys()];
}

async function readGovernors(files: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) found.set(file, text.trim());
  }
  return found;
}
