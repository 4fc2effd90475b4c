/** An array job: task `offset + index` for each of its indices. */
export interface ArrayJob {
  readonly offset: number;
  readonly indices: readonly number[];
}

/** What Slurm allows. */
export interface SlurmLimits {
  /** Indices go from 0 to one less. */
  readonly maxArraySize: number;
  /** Tasks that may still be submitted now. */
  readonly room: number;
}

/**
 * Divides tasks into array jobs. Indices are smaller than Slurm's largest array, so that tasks beyond it have an offset; what
 * there is no room for is left for another time.
 */
export function arrayJobs(tasks: readonly number[], { maxArraySize, room }: SlurmLimits): readonly ArrayJob[] {
  const jobs = new Map<number, number[]>();
  for (const task of tasks.toSorted((a, b) => a - b).slice(0, room)) {
    const offset = Math.floor(task / maxArraySize) * maxArraySize;
    const indices = jobs.get(offset) ?? [];
    indices.push(task - offset);
    jobs.set(offset, indices);
  }
  return [...jobs].map(([offset, indices]) => ({ offset, indices }));
}

/** The tasks that execute these rows: task `i` has the rows from `i · rowsPerTask` on. */
export function tasksOf(rows: readonly number[], rowsPerTask: number): readonly number[] {
  return [...new Set(rows.map((row) => Math.floor(row / rowsPerTask)))];
}
