/** What the script of an array job does. */
export interface BatchWork {
  readonly session: string;
  readonly directory: string;
  /** Working directory of `ea`. */
  readonly workingDirectory: string;
  /** How `ea` is started. */
  readonly ea: readonly string[];
  /** Lines of shell before that. */
  readonly setup: readonly string[];
  /** Task of index 0. */
  readonly offset: number;
  readonly rowsPerTask: number;
  /** Rows of the whole plan. */
  readonly planned: number;
  readonly flags: readonly string[];
}

/**
 * The script that sbatch is given: it becomes `ea`, which then gets the signals of the job itself, and whose exit code is the
 * task's.
 */
export function batchScript(work: BatchWork): string {
  const { session, directory, workingDirectory, ea, setup, offset, rowsPerTask, planned, flags } = work;
  const command = [...ea, "run", "--plan", directory, ...flags].map(quote).join(" ");
  return [
    "#!/bin/bash",
    `# ea: rows of the plan of session ${session}`,
    `cd ${quote(workingDirectory)} || exit 3`,
    ...setup,
    `first=$(( (${offset} + SLURM_ARRAY_TASK_ID) * ${rowsPerTask} ))`,
    `last=$(( first + ${rowsPerTask} - 1 ))`,
    `if [ "$last" -ge ${planned} ]; then last=${planned - 1}; fi`,
    `exec ${command} --index "$first-$last"`,
    "",
  ].join("\n");
}

/** A word of a shell. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
