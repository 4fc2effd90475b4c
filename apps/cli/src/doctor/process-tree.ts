import type { Condition } from "./condition.ts";

/** By what the processes of a training are followed here. */
export function processTree({ isUsable, reason }: { readonly isUsable: boolean; readonly reason: string }): Condition {
  const name = "process tree";
  if (isUsable) return { name, status: "ok", finding: "each training gets a control group (cgroup v2) of its own" };
  const finding = `trainings are followed by their session, environment and limits: ${reason}`;
  return { name, status: "ok", finding };
}
