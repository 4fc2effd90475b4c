import { existsSync } from "node:fs";
import type { Meter } from "@ea/energy";
import type { Flag } from "@ea/records";
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
  let problem: Error | undefined;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    // Processes that come or go while the driver is asked are in one of the two
    const before = [processTree(identity), beside ? processTree(beside) : []];
    const states = await inspectAll(meters);
    const after = [processTree(identity), beside ? processTree(beside) : []];
    const [own, load] = after.map((pids, index) => new Set([...pids, ...(before[index] ?? [])]));
    const all = foreignersOn(states);
    const visible = all.filter(({ pid }) => existsSync(`/proc/${pid}`));
    for (const each of visible) if (!own?.has(each.pid) && !load?.has(each.pid)) found.set(each.pid, each);
    // Where one of them cannot be seen from here, it may be the load's
    const isTold = all.length === visible.length && states.some(({ processes }) => processes !== undefined);
    if (isTold) onBeside?.(visible.filter(({ pid }) => load?.has(pid)));
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
    async flags() {
      clearTimeout(timer);
      await looking;
      return [...foreignerFlags([...found.values()]), ...problemFlags(problem)];
    },
  };
}

function foreignerFlags(processes: readonly Foreigner[]): readonly Flag[] {
  if (processes.length === 0) return [];
  const message = `another process computed on the GPU during the run: ${foreignerWords(processes)}`;
  return [{ code: "contaminated", severity: "error", message, evidence: { processes } }];
}

/** Not to have seen a process is no proof that there was none. */
function problemFlags(problem: Error | undefined): readonly Flag[] {
  if (problem === undefined) return [];
  const message = `whether another process computed on the GPU during the run is not known: ${problem.message}`;
  return [{ code: "gate-blind", severity: "warning", message, evidence: {} }];
}
