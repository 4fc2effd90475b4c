import { expandIndices } from "./array-indices.ts";
import { phaseOf, type TaskPhase } from "./task-state.ts";

/** One task of an array, as the accounting tells. */
export interface AccountedTask {
  readonly job: string;
  readonly index: number | undefined;
  readonly state: string;
  readonly phase: TaskPhase;
  /** `code:signal` */
  readonly exitCode: string;
  /** `[days-]hours:minutes:seconds` */
  readonly elapsed: string;
  readonly node: string;
  /**
   * Joules of the node while the job had it, by Slurm's own sensors; `undefined` where these tell nothing. Kept beside our
   * numbers, and never among them.
   */
  readonly consumedJoules: number | undefined;
}

/** What is asked of sacct. */
export const ACCOUNTING_FORMAT = "JobID,State,ExitCode,Elapsed,NodeList,ConsumedEnergyRaw";

/**
 * Reads what `sacct -P -n -o` prints: tasks of arrays, of which those that wait are one line, such as `123_[4-9%2]`, and
 * steps, whose energy counts for their task where it has none.
 */
export function parseAccounting(text: string): readonly AccountedTask[] {
  const tasks = new Map<string, AccountedTask>();
  for (const line of text.split("\n")) {
    const [id = "", words = "", exitCode = "", elapsed = "", node = "", energy = ""] = line.trim().split("|");
    const [, job, one, many, step] = /^(\d+)(?:_(?:(\d+)|\[([^\]]+)\]))?(\.\S+)?$/.exec(id) ?? [];
    if (job === undefined) continue; // steps of het jobs, and what newer versions add
    const consumedJoules = /^[1-9]\d*$/.test(energy) ? Number(energy) : undefined;
    const indices = many === undefined ? [one === undefined ? undefined : Number(one)] : expandIndices(many);
    for (const index of indices) {
      const key = `${job}_${index}`;
      const known = tasks.get(key);
      if (step !== undefined) {
        const most = Math.max(known?.consumedJoules ?? 0, consumedJoules ?? 0);
        if (known && most > 0) tasks.set(key, { ...known, consumedJoules: most });
        continue;
      }
      const state = words.split(" ")[0] ?? ""; // CANCELLED by 1000
      tasks.set(key, { job, index, state, phase: phaseOf(state), exitCode, elapsed, node, consumedJoules });
    }
  }
  return [...tasks.values()];
}
