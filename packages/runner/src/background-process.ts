import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { birthmarked, unmark } from "./birthmark.ts";
import { KILL_GRACE_SECONDS, LEFTOVER_GRACE_SECONDS } from "./defaults.ts";
import { type EndedTree, endTree } from "./end-tree.ts";
import { readStat, START_FIELD, statFields } from "./proc-stat.ts";
import type { TreeIdentity } from "./process-tree.ts";
import type { CommandProcess } from "./supervise.ts";

/**
 * Starts the command once for each line that it reads, one after the other, and tells how each ended. A process between
 * us and the command: what a child of ours has computed is counted as ours when it ends, and the foreground's CPU time is
 * the difference of that. All that the command ever computed stands in the shell's own count.
 */
const SCRIPT = `
while read -r run; do
  EARUN_BACKGROUND_RUN="$run" "$@" </dev/null 3>&- &
  echo started >&3
  wait $!
  echo "$?" >&3
done
`;

/** A command that is to be run over and over. */
export interface RepeatedCommand {
  readonly command: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Unique among all attempts. */
  readonly tag: string;
  /** Where its output goes. */
  readonly logFd: number;
  readonly onMark?: CommandProcess["onMark"];
  readonly onStarted: () => void;
  /** Told the exit code of each run, 128 and more for a signal; `undefined`: nobody will ever know, and no other can start. */
  readonly onEnded: (exitCode: number | undefined) => void;
}

/** What runs a command over and over. */
export interface Repeater {
  /** What all its processes are known by. */
  readonly identity: TreeIdentity;
  /** Starts the next run; the one before has ended. */
  readonly start: () => void;
  /** Ends everything that is left of the run before. */
  readonly endRun: (graceSeconds?: number) => Promise<EndedTree>;
  /** Ends everything; SIGTERM, a grace period that `hurry` cuts short, SIGKILL. */
  readonly end: () => Promise<EndedTree>;
}

/** Gets ready to run a command over and over; or says why that cannot be. */
export async function makeRepeater(repeated: RepeatedCommand, hurry: AbortSignal): Promise<Repeater | Error> {
  const { tag, command, onMark } = repeated;
  const { child, mark } = birthmarked(() =>
    spawn("/bin/sh", ["-c", SCRIPT, "background", ...command], {
      cwd: repeated.workingDirectory,
      env: { ...repeated.environment, EARUN_BACKGROUND: tag },
      stdio: ["pipe", repeated.logFd, repeated.logFd, "pipe"],
      detached: true,
    }),
  );
  const spawned = once(child, "spawn").then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  onMark?.({ limitBytes: mark, cgroup: undefined });
  const [problem] = await Promise.all([spawned, unmark()]);
  if (problem) return problem;
  const { pid: leader = Number.NaN } = child;
  const stat = readStat(leader);
  const sinceTicks = stat === undefined ? undefined : Number(statFields(stat)[START_FIELD]);
  const identity = { leader, tag: `EARUN_BACKGROUND=${tag}`, mark, sinceTicks };
  listen(child, repeated);
  let runs = 0;
  return {
    identity,
    start() {
      runs += 1;
      child.stdin?.write(`${tag}.${runs}\n`);
    },
    endRun: (graceSeconds = LEFTOVER_GRACE_SECONDS) =>
      endTree({ leader: -1, tag: `EARUN_BACKGROUND_RUN=${tag}.${runs}` }, graceSeconds, hurry),
    end: () => endTree(identity, KILL_GRACE_SECONDS, hurry),
  };
}

function listen(child: ChildProcess, { onStarted, onEnded }: RepeatedCommand): void {
  // It may be killed while it is being told to start another run; that it is gone is told by its exit
  child.stdin?.on("error", () => undefined);
  const [, , , reports] = child.stdio;
  let hasExited = false;
  if (reports && "setEncoding" in reports) {
    createInterface({ input: reports }).on("line", (line) => {
      if (hasExited) return;
      if (line === "started") onStarted();
      else onEnded(Number(line));
    });
  }
  child.on("exit", () => {
    hasExited = true;
    onEnded(undefined);
  });
}
