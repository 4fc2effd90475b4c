import type { Condition } from "./condition.ts";

/** Programs that the watchdog and the marking of processes need, and the package that has each (Debian, Ubuntu). */
export const WATCHDOG_TOOLS: Readonly<Record<string, string>> = {
  prlimit: "util-linux",
  sh: "dash",
  grep: "grep",
  cut: "coreutils",
  sort: "coreutils",
  sleep: "coreutils",
  rmdir: "coreutils",
  sed: "sed",
};

/** Whether a killed `ea` can leave nothing behind. */
export function watchdogTools(missing: readonly string[]): Condition {
  const name = "watchdog";
  if (missing.length === 0) return { name, status: "ok", finding: "what it needs is there" };
  const packages = [...new Set(missing.map((tool) => WATCHDOG_TOOLS[tool] ?? tool))].join(" ");
  return {
    name,
    status: "attention",
    finding: `no ${missing.join(", ")}: after a kill -9 of ea, processes of the training may live on`,
    fix: `sudo apt-get install ${packages}`,
  };
}
