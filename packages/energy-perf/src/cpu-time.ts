/** CPU seconds of the whole host since boot. */
export interface CpuTime {
  readonly busySeconds: number;
  /** Number of hardware threads that the kernel sees. */
  readonly threads: number;
}

/** The kernel reports to user space in hundredths of a second (man 5 proc). */
const TICKS_PER_SECOND = 100;

/** Reads `/proc/stat`; `undefined` when it is not in its usual form. Time stolen by a hypervisor is not ours. */
export function parseCpuTime(procStat: string): CpuTime | undefined {
  const total = /^cpu +(.+)$/m.exec(procStat)?.[1]?.split(" ").map(Number);
  if (!total) return undefined;
  const [user, nice, system, , , irq = 0, softirq = 0] = total;
  const ticks = Number(user) + Number(nice) + Number(system) + irq + softirq;
  const threads = procStat.match(/^cpu\d+ /gm)?.length ?? 0;
  return Number.isFinite(ticks) && threads > 0 ? { busySeconds: ticks / TICKS_PER_SECOND, threads } : undefined;
}
