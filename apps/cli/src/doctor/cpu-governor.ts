import type { Condition } from "./condition.ts";

/** Whether the clock of the CPU is left to a policy. @param governors text of each `scaling_governor`. */
export function cpuGovernor(governors: readonly string[]): Condition {
  const name = "CPU governor";
  const found = [...new Set(governors.map((governor) => governor.trim()))];
  if (found.length === 0) {
    return { name, status: "unknown", finding: "this kernel shows no CPU frequency governor (a virtual machine?)" };
  }
  if (found.length === 1 && found[0] === "performance") {
    return { name, status: "ok", finding: `performance on ${governors.length} CPUs` };
  }
  return {
    name,
    status: "attention",
    finding: `${found.join(", ")} on ${governors.length} CPUs: runs may differ by it; ea run --governor performance sets it for a session`,
    fix: "sudo cpupower frequency-set -g performance",
  };
}
