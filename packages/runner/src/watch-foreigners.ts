import { existsSync } from "node:fs";
import type { Meter } from "@ea/energy";
import type { Flag } from "@ea/records";
import { childCpuSeconds } from "./child-cpu-seconds.ts";
import { heatReasons } from "./device-flags.ts";
import { type Foreigner, foreignersOn, foreignerWords, inspectAll } from "./gate.ts";
import { processTree, type TreeIdentity } from "./process-tree.ts";

/** Each look costs the driver some 50 ms. */
const FIRST_LOOK_MS = 5000;
const LOOK_MS = 60_000;

/** Who is looked for, and how often. */
export interface ForeignerWatch {
  readonly meters: readonly Meter[];
  /** The training's own processes. */
  readonly identity: TreeIdentity;
  /** Processes that are no foreigners either: a load that we run beside the training. */
  readonly beside?: TreeIdentity | undefined;
  /** Told after each look which processes of that load are on the GPUs. */
  readonly onBeside?: ((processes: readonly Foreigner[]) => void) | undefined;
  readonly firstLookMs?: number | undefined;
  readonly lookMs?: number | undefined;
}

/** A watch that goes on. */
export interface ForeignerWatching {
  /** Ends it. */
  readonly stop: () => void;
  /** CPU seconds that its looks have cost, as far as they have ended: they are no training's. */
  readonly cpuSeconds: () => number;
  /** Who was seen, once the look under way has ended. */
  readonly flags: () => Promise<readonly Flag[]>;
}

/**
 * Looks for processes of others on the GPUs while a training runs, once a minute. Only those count that can be seen here:
 * inside of a container the driver may name the training itself by the number that it has outside.
 */
export function watchForeigners(watch: ForeignerWatch): ForeignerWatching {
  const { meters, identity, beside, onBeside, firstLookMs = FIRST_LOOK_MS, lookMs = LOOK_MS } = watch;
  const found = new Map<number, Foreigner>();
  const seen = { looks: 0, withForeigners: 0, hot: 0 };
  const hot = new Map<string, readonly string[]>();
  let cpuSeconds = 0;
  let problem: Error | undefined;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    // Processes that come or go while the driver is asked are in one of the two
    const before = [processTree(identity), beside ? processTree(beside) : []];
    const cpuBefore = childCpuSeconds();
    const states = await inspectAll(meters);
    cpuSeconds += childCpuSeconds() - cpuBefore;
    const after = [processTree(identity), beside ? processTree(beside) : []];
    const [own, load] = after.map((pids, index) => new Set([...pids, ...(before[index] ?? [])]));
    const all = foreignersOn(states);
    const visible = all.filter(({ pid }) => existsSync(`/proc/${pid}`));
    const foreigners = visible.filter(({ pid }) => !own?.has(pid) && !load?.has(pid));
    for (const foreigner of foreigners) found.set(foreigner.pid, foreigner);
    // Where one of them cannot be seen from here, it may be the load's
    const isTold = all.length === visible.length && states.some(({ processes }) => processes !== undefined);
    if (isTold) onBeside?.(visible.filter(({ pid }) => load?.has(pid)));
    const slowed = states
      .map((state) => [state.device, heatReasons(state)] as const)
      .filter(([, { length }]) => length > 0);
    for (const [device, reasons] of slowed) hot.set(device, reasons);
    seen.looks += 1;
    if (foreigners.length > 0) seen.withForeigners += 1;
    if (slowed.length > 0) seen.hot += 1;
  };
  const schedule = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      looking = look().catch((error: unknown) => {
        problem = error instanceof Error ? error : new Error(String(error));
      });
      timer = schedule(lookMs);
    }, ms);
  let timer = schedule(firstLookMs);
  return {
    stop: () => clearTimeout(timer),
    cpuSeconds: () => cpuSeconds,
    async flags() {
      clearTimeout(timer);
      await looking;
      const { looks } = seen;
      return [
        ...foreignerFlags([...found.values()], { looks, seen: seen.withForeigners }),
        ...heatFlags(hot, { looks, seen: seen.hot }),
        ...problemFlags(problem),
      ];
    },
  };
}

/** How often something was seen: so often in so many looks. */
interface Seen {
  readonly looks: number;
  readonly seen: number;
}

function foreignerFlags(processes: readonly Foreigner[], { looks, seen }: Seen): readonly Flag[] {
  if (processes.length === 0) return [];
  const message = `another process computed on the GPU during the run: ${foreignerWords(processes)}`;
  const evidence = { processes, looks, seenInLooks: seen, fractionOfTime: seen / looks };
  return [{ code: "contaminated", severity: "error", message, evidence }];
}

function heatFlags(hot: ReadonlyMap<string, readonly string[]>, { looks, seen }: Seen): readonly Flag[] {
  if (hot.size === 0) return [];
  const words = [...hot].map(([device, reasons]) => `${device}: ${reasons.join(", ")}`).join("; ");
  const message = `heat held the clocks down at ${seen} of ${looks} looks during the run: ${words}`;
  const evidence = { devices: Object.fromEntries(hot), looks, seenInLooks: seen, fractionOfTime: seen / looks };
  return [{ code: "throttled", severity: "warning", message, evidence }];
}

/** Not to have seen a process is no proof that there was none. */
function problemFlags(problem: Error | undefined): readonly Flag[] {
  if (problem === undefined) return [];
  const message = `whether another process computed on the GPU during the run is not known: ${problem.message}`;
  return [{ code: "gate-blind", severity: "warning", message, evidence: {} }];
}
