import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { birthmarked, unmark } from "./birthmark.ts";
import { childCpuSeconds } from "./child-cpu-seconds.ts";
import { MAX_TIMER_MS } from "./clock.ts";
import { KILL_GRACE_SECONDS, LEFTOVER_GRACE_SECONDS } from "./defaults.ts";
import { type EndedTree, endTree } from "./end-tree.ts";
import { interruptionOf } from "./preemption.ts";
import { readStat, START_FIELD, statFields } from "./proc-stat.ts";
import type { TreeIdentity } from "./process-tree.ts";
import { type StallWatch, watchForStall } from "./stall-watch.ts";
import { makeTrainingCgroup, type TrainingCgroup } from "./training-cgroup.ts";

/** Where a stream of a command goes: an open file descriptor, or nowhere. */
export type CommandStream = number | "ignore";

/** A command, mostly a training, to be started and owned until nothing of it lives. */
export interface CommandProcess {
  readonly file: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Environment entry that marks every process of it. */
  readonly tag: { readonly name: string; readonly value: string };
  /** stdin, stdout, stderr. */
  readonly stdio: readonly [stdin: CommandStream, stdout: CommandStream, stderr: CommandStream];
  /**
   * Whether it stays in our session and process group, where the keys of a terminal reach it and it may read from the
   * terminal; otherwise it leads a session of its own. @default false
   */
  readonly isForeground?: boolean | undefined;
  /** Seconds after which it is ended; `undefined` when it may take as long as it likes. */
  readonly timeoutSeconds?: number | undefined;
  /** Ended when it neither writes to `outputFd` nor computes for so long; `undefined`: never. */
  readonly stall?: Pick<StallWatch, "stallSeconds" | "outputFd"> | undefined;
  /** Whether it gets a control group of its own, where that is allowed. @default false */
  readonly hasCgroup?: boolean | undefined;
  /** Told what finds its processes when we are gone. */
  readonly onMark?: ((mark: TreeMark) => void) | undefined;
  /** CPU seconds of other children of this process that have ended meanwhile. */
  readonly otherCpuSeconds?: (() => number) | undefined;
  /** Called once it runs, with what its processes are known by. */
  readonly onStart?: ((identity: TreeIdentity) => void) | undefined;
  /** Called once it has ended. */
  readonly onExit?: (() => void) | undefined;
  /** Aborting it ends the command: SIGTERM, a grace period, SIGKILL. */
  readonly signal?: AbortSignal | undefined;
  /** Aborting it cuts the grace period short. */
  readonly killSignal?: AbortSignal | undefined;
  /** @default 10 */
  readonly graceSeconds?: number | undefined;
}

/** By what a watchdog finds the processes of a command. */
export interface TreeMark {
  /** Resource limit in bytes that each of them inherits. */
  readonly limitBytes: number | undefined;
  /** Directory of their control group. */
  readonly cgroup: string | undefined;
}

/** How a command ended. */
export interface CommandExit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Why we ended it; `undefined` when it ended by itself. */
  readonly endedBy: "timeout" | "stall" | ReturnType<typeof interruptionOf> | undefined;
  /** Why it could not be started. */
  readonly spawnError: Error | undefined;
  /** From its start to the end of the process itself. */
  readonly durationSeconds: number;
  /** CPU seconds of all its processes where it has a control group; else of itself and of the children it waited for. */
  readonly cpuSeconds: number | undefined;
  /** Ends what outlived it. */
  readonly sweep: () => Promise<EndedTree>;
}

/**
 * Starts a command and waits for its end. node's `spawn` and not execa: the output goes to a file descriptor and the
 * process is detached, which switches off everything that execa adds.
 */
export async function superviseCommand(command: CommandProcess): Promise<CommandExit> {
  if (command.signal?.aborted) {
    return notStarted({ endedBy: interruptionOf(command.signal.reason), spawnError: undefined }, 0);
  }
  const calledMs = performance.now();
  const started = await start(command);
  if (started instanceof Error) return notStarted({ endedBy: undefined, spawnError: started }, secondsSince(calledMs));

  const { child, identity, cgroup, startMs, cpuBefore } = started;
  let hasExited = false;
  let cpuBaseline = cpuBefore;
  // Beside the command, which does not wait for it. Of the command itself nothing is counted before it has been waited for
  const loseMark = async (): Promise<void> => {
    await unmark();
    if (!hasExited) cpuBaseline = childCpuSeconds();
  };
  const unmarked = loseMark();
  const exited = once(child, "exit");
  let endedBy: CommandExit["endedBy"];
  let ending: Promise<EndedTree> | undefined;
  const end = (reason: CommandExit["endedBy"]): void => {
    endedBy ??= reason;
    ending ??= endTree(identity, command.graceSeconds ?? KILL_GRACE_SECONDS, command.killSignal);
    // A failure reaches whoever sweeps; unhandled until then it would end the whole process
    ending.catch(() => undefined);
  };
  const onInterrupt = (): void => end(interruptionOf(command.signal?.reason));
  const { timeoutSeconds } = command;
  const timer =
    timeoutSeconds !== undefined && setTimeout(() => end("timeout"), Math.min(timeoutSeconds * 1000, MAX_TIMER_MS));
  const unwatch = command.stall && watchForStall({ ...command.stall, identity, onStall: () => end("stall") });
  command.signal?.addEventListener("abort", onInterrupt, { once: true });
  if (command.signal?.aborted) onInterrupt(); // while it started
  try {
    const [exitCode, signal]: unknown[] = await exited;
    const durationSeconds = secondsSince(startMs);
    hasExited = true;
    const ofChildren = childCpuSeconds() - cpuBaseline - (command.otherCpuSeconds?.() ?? 0);
    const cpuSeconds = cgroup?.cpuSeconds() ?? hundredths(Math.max(0, ofChildren));
    command.onExit?.();
    await unmarked;
    return {
      exitCode: typeof exitCode === "number" ? exitCode : undefined,
      signal: typeof signal === "string" ? signal : undefined,
      endedBy,
      spawnError: undefined,
      durationSeconds,
      cpuSeconds,
      sweep: async () => {
        await ending;
        const ended = await endTree(identity, LEFTOVER_GRACE_SECONDS, command.killSignal);
        await cgroup?.remove();
        return ended;
      },
    };
  } finally {
    if (timer) clearTimeout(timer);
    unwatch?.();
    command.signal?.removeEventListener("abort", onInterrupt);
  }
}

/** To the microsecond. */
function secondsSince(startMs: number): number {
  return Math.round((performance.now() - startMs) * 1000) / 1e6;
}

/** CPU time is counted in hundredths of a second; the rest of a difference is noise of the subtraction. */
function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

interface Started {
  readonly child: ChildProcess;
  readonly identity: TreeIdentity;
  readonly cgroup: TrainingCgroup | undefined;
  /** On the clock of `performance.now`, just before the process was there. */
  readonly startMs: number;
  /** CPU seconds of earlier children of this process. */
  readonly cpuBefore: number;
}

/** The running child, or why there is none: bad arguments throw, a missing program is an event. */
async function start(command: CommandProcess): Promise<Started | Error> {
  const cgroup = command.hasCgroup === true ? makeTrainingCgroup(command.tag.value) : undefined;
  try {
    const { tag, environment, stdio, isForeground = false } = command;
    let startMs = performance.now();
    const spawnChild = (): ChildProcess => {
      startMs = performance.now();
      return spawn(command.file, command.args, {
        cwd: command.workingDirectory,
        env: { ...environment, [tag.name]: tag.value },
        stdio: [...stdio],
        detached: !isForeground,
      });
    };
    const { child, mark } = birthmarked(() => (cgroup ? cgroup.spawnInside(spawnChild) : spawnChild()));
    // After the marking, which costs CPU time of its own; the command's is only counted once it has been waited for
    const cpuBefore = childCpuSeconds();
    command.onMark?.({ limitBytes: mark, cgroup: cgroup?.path });
    await once(child, "spawn");
    const { pid: leader = Number.NaN } = child;
    const identity = { leader, tag: `${tag.name}=${tag.value}`, mark, cgroup, sinceTicks: startTicksOf(leader) };
    command.onStart?.(identity);
    return { child, identity, cgroup, startMs, cpuBefore };
  } catch (error) {
    await cgroup?.remove();
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** When a child started; `undefined` when it has ended and is gone. */
function startTicksOf(pid: number): number | undefined {
  const stat = readStat(pid);
  return stat === undefined ? undefined : Number(statFields(stat)[START_FIELD]);
}

function notStarted(why: Pick<CommandExit, "endedBy" | "spawnError">, durationSeconds: number): CommandExit {
  return {
    ...why,
    exitCode: undefined,
    signal: undefined,
    durationSeconds,
    cpuSeconds: undefined,
    sweep: () => Promise.resolve({ ended: 0, survivors: [] }),
  };
}
