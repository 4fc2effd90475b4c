import type { Condition } from "./condition.ts";

/** Which energy counters the kernel offers. @param events names in `/sys/bus/event_source/devices/power/events`. */
export function raplEvents(events: readonly string[], isVirtual: boolean): Condition {
  const name = "RAPL events";
  const energies = events.filter((event) => /^energy-[a-z]+$/.test(event)).sort();
  if (energies.includes("energy-pkg")) return { name, status: "ok", finding: energies.join(", ") };
  return {
    name,
    status: "attention",
    finding: energies.length > 0 ? `${energies.join(", ")}, but no energy-pkg` : "the kernel offers none (power PMU)",
    fix: isVirtual ? "measure on the host of the virtual machine" : "sudo modprobe rapl",
  };
}
