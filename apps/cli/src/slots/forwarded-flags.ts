import { PLANNING_FLAGS, type RunFlags, runOptions } from "../run-options.ts";

/** What each slot is not told: it is in the plan, or it is for the process that the user talks to. */
const KEPT: ReadonlySet<string> = new Set([
  ...PLANNING_FLAGS,
  "plan",
  "index",
  "plan-only",
  "dry-run",
  "slots",
  "gpus-per-run",
  "isolated",
  "json",
  "events",
  "quiet",
]);

/** The flags of `ea run` that each slot is given as well. */
export function forwardedFlags(flags: RunFlags): readonly string[] {
  return Object.entries(runOptions).flatMap(([name]) => {
    const value: unknown = Reflect.get(flags, name);
    if (KEPT.has(name)) return [];
    if (typeof value === "boolean") return [value ? `--${name}` : `--no-${name}`];
    return typeof value === "string" ? [`--${name}`, value] : [];
  });
}
