import { RunnerError } from "../errors.ts";
import { phaseOf, type TaskPhase } from "./task-state.ts";

/** One task of an array, as the queue tells. */
export interface QueuedTask {
  /** Id of the array. */
  readonly job: string;
  /** Index in the array; `undefined` for a job that is no array. */
  readonly index: number | undefined;
  /** Slurm's word, such as `RUNNING`. */
  readonly state: string;
  readonly phase: TaskPhase;
  /** Why it waits; `None` otherwise. */
  readonly reason: string;
  /** Empty while it waits. */
  readonly node: string;
}

/** What is asked of squeue: array, index, state, reason, node. */
export const QUEUE_FORMAT = "%F|%K|%T|%r|%N";

/**
 * Reads what `squeue -h -r -o` prints: a line for each task.
 *
 * @throws {RunnerError} `NOT_FIT` for a line of another form.
 */
export function parseQueue(text: string): readonly QueuedTask[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [job = "", index = "", state, reason, node] = line.trim().split("|");
    if (!/^\d+$/.test(job) || !/^(?:\d+|N\/A)$/.test(index) || !state || reason === undefined || node === undefined) {
      throw new RunnerError("NOT_FIT", `squeue: expected array|index|state|reason|node, found ${line.slice(0, 200)}`);
    }
    return { job, index: index === "N/A" ? undefined : Number(index), state, phase: phaseOf(state), reason, node };
  });
}
