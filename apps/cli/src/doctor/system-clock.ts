import type { Condition } from "./condition.ts";

/** Clock sources that are read without leaving the CPU, and do not drift noticeably. */
const GOOD = ["tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page", "xen", "timebase"];

/**
 * What time is kept by. Energy is integrated on a clock that does not step; the wall clock dates the records.
 *
 * @param source text of `current_clocksource`.
 * @param synchronised what `timedatectl show --property=NTPSynchronized --value` printed.
 */
export function systemClock(source: string | undefined, synchronised: string | undefined): readonly Condition[] {
  const clock = source?.trim();
  const words = synchronised?.trim();
  return [
    clock === undefined
      ? { name: "clock source", status: "unknown", finding: "the kernel does not tell" }
      : GOOD.includes(clock)
        ? { name: "clock source", status: "ok", finding: clock }
        : {
            name: "clock source",
            status: "attention",
            finding: `${clock}: slow to read; the kernel has given up the CPU's own counter`,
            fix: "add clocksource=tsc to the kernel's command line",
          },
    words === "yes"
      ? { name: "clock synchronised", status: "ok", finding: "yes" }
      : words === "no"
        ? {
            name: "clock synchronised",
            status: "attention",
            finding: "no: the dates of records from several machines do not compare",
            fix: "sudo timedatectl set-ntp true",
          }
        : { name: "clock synchronised", status: "unknown", finding: "timedatectl does not tell" },
  ];
}
