import type { Quantity } from "@ea/energy";
import { totalJoules } from "@ea/energy";
import type { PerfInterval } from "./parse-intervals.ts";

/** Text of `cpu_energy.csv`: one row per event and interval. */
export function cpuEnergyCsv(intervals: readonly PerfInterval[]): string {
  const rows = intervals.map(
    ({ timeSeconds, event, energyJoules }) => `${timeSeconds},${event.quantity},${energyJoules ?? ""}`,
  );
  return `${["t_seconds,domain,joules", ...rows].join("\n")}\n`;
}

/** Text of `cpu_energy.txt`, the original's summary; a sum that is not known is `N/A`. */
export function cpuEnergyText(quantities: readonly Quantity[]): string {
  const pkg = totalJoules(quantities, "cpu_package");
  const ram = totalJoules(quantities, "dram");
  const total = pkg === null || ram === null ? null : pkg + ram;
  const joules = (value: number | null): string => (value === null ? "N/A" : value.toFixed(2));
  return [
    "CPU Energy Consumption Summary",
    "==============================",
    `Package Energy (Joules): ${joules(pkg)}`,
    `RAM Energy (Joules): ${joules(ram)}`,
    `Total CPU Energy (Joules): ${joules(total)}`,
    "",
  ].join("\n");
}
