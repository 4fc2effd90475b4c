import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";

/** Below this there is no room to choose from. */
const MIN_LIMIT_BYTES = 65_536;

/**
 * Runs `spawnChild` while this process has an unusual soft limit on POSIX message queues, which no training needs in
 * full. A child inherits it, and so does everything that comes of it: unlike the environment, the session and open
 * files, a daemon does not clear its limits. Returns the limit, `undefined` where util-linux's `prlimit` is missing.
 */
export function birthmarked<Child>(spawnChild: () => Child): {
  readonly child: Child;
  readonly mark: number | undefined;
} {
  const usual = birthmarkOf("self");
  if (usual === undefined || usual < MIN_LIMIT_BYTES) return { child: spawnChild(), mark: undefined };
  const mark = usual - 1 - randomInt(usual / 2);
  setSoftLimit(mark);
  try {
    return { child: spawnChild(), mark: birthmarkOf("self") === mark ? mark : undefined };
  } finally {
    setSoftLimit(usual);
  }
}

/** The soft limit in bytes of a process; `undefined` when it is gone, or has none. */
export function birthmarkOf(pid: number | "self"): number | undefined {
  try {
    const limits = readFileSync(`/proc/${pid}/limits`, "latin1");
    const [, soft] = /^Max msgqueue size +(\d+) /m.exec(limits) ?? [];
    return soft === undefined ? undefined : Number(soft);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** Node cannot set its own limits. In a session of its own, or Ctrl-C would end the helper and leave the limit behind. */
function setSoftLimit(bytes: number): void {
  const options = { stdio: "ignore", detached: true } as const;
  spawnSync("prlimit", ["--pid", String(process.pid), `--msgqueue=${bytes}:`], options);
}
