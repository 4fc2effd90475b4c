import { configError } from "@ea/runner";

/** Flags that slots are asked for by. */
export interface SlotsFlags {
  readonly slots?: string | undefined;
  readonly "gpus-per-run"?: string | undefined;
  readonly isolated?: string | undefined;
  readonly "max-joules"?: string | undefined;
  readonly "shared-host"?: boolean | undefined;
}

/** Rows that are to run beside each other on this host. */
export interface SlotsRequest {
  readonly slots: number;
  /** `undefined`: one where there are GPUs, none where there are not. */
  readonly gpusPerRun: number | undefined;
  /** Rows to be trained once more alone. */
  readonly isolated: number;
}

/**
 * What `--slots` asks for; `undefined` without it, or for a single one.
 *
 * @throws {RunnerError} `CONFIG` for values that are no counts, and for flags that need slots or cannot be kept by several.
 */
export function slotsRequest(flags: SlotsFlags): SlotsRequest | undefined {
  const slots = count("slots", flags.slots, 1) ?? 1;
  const gpusPerRun = count("gpus-per-run", flags["gpus-per-run"], 0);
  const isolated = count("isolated", flags.isolated, 0) ?? 0;
  if (slots === 1) {
    const [alone] = (["gpus-per-run", "isolated"] as const).filter((flag) => flags[flag] !== undefined);
    if (alone !== undefined) throw usage(alone, "expected beside --slots of at least 2");
    return undefined;
  }
  if (flags["max-joules"] !== undefined) {
    throw usage("max-joules", "expected without --slots: each slot would count its own runs alone");
  }
  return { slots, gpusPerRun, isolated };
}

function count(flag: string, text: string | undefined, least: 0 | 1): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw usage(flag, `expected ${least === 1 ? "a positive integer" : "an integer of at least 0"}, found "${text}"`);
}

function usage(flag: string, message: string): Error {
  return configError([{ file: undefined, path: `--${flag}`, message }]);
}
