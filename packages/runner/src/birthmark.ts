import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** Below this there is no room to choose from. */
const MIN_LIMIT_BYTES = 65_536;

/** In a session of its own, or Ctrl-C would end it and leave the limit behind. */
const PRLIMIT = { stdio: "ignore", detached: true } as const;

/** The limit that this process has when it has no mark. */
let usual: number | undefined;

/** A child, and the mark that it and everything that comes of it have. */
export interface Birthmarked<Child> {
  readonly child: Child;
  /** `undefined` where util-linux's `prlimit` is missing. */
  readonly mark: number | undefined;
}

/**
 * Runs `spawnChild` while this process has an unusual soft limit on POSIX message queues, which no training needs in
 * full. A child inherits it, and so does everything that comes of it: unlike the environment, the session and open
 * files, a daemon does not clear its limits. This process keeps the mark until `unmark`, or until it gets another one.
 */
export function birthmarked<Child>(spawnChild: () => Child): Birthmarked<Child> {
  usual ??= birthmarkOf("self");
  if (usual === undefined || usual < MIN_LIMIT_BYTES) return { child: spawnChild(), mark: undefined };
  const mark = usual - 1 - randomInt(usual / 2);
  spawnSync("prlimit", limitArguments(mark), PRLIMIT);
  const child = spawnChild();
  return { child, mark: birthmarkOf("self") === mark ? mark : undefined };
}

/** Takes the mark from this process, so that its other children do not pass for the marked one's. Never rejects. */
export async function unmark(): Promise<void> {
  if (usual === undefined) return;
  const prlimit = spawn("prlimit", limitArguments(usual), PRLIMIT);
  // Where it cannot be started the mark stays, until another one takes its place
  await once(prlimit, "close").catch(() => undefined);
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

/** Node cannot set its own limits. */
function limitArguments(bytes: number): string[] {
  return ["--pid", String(process.pid), `--msgqueue=${bytes}:`];
}
