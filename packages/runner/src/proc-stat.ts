/** Linux counts CPU time in hundredths of a second for user space (man 5 proc). */
export const TICKS_PER_SECOND = 100;

/** Among the fields: when the process started, in clock ticks since the kernel's start. */
export const START_FIELD = 19;

/** The fields of `/proc/PID/stat` from the third on, the state: a command's name may hold spaces and parentheses. */
export function statFields(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}
