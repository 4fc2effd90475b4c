import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { birthmarked } from "./birthmark.ts";
import { childCpuSeconds } from "./child-cpu-seconds.ts";
import { MAX_TIMER_MS } from "./clock.ts";
import { KILL_GRACE_SECONDS, LEFTOVER_GRACE_SECONDS } from "./defaults.ts";
import { type EndedTree, endTree } from "./end-tree.ts";

/** A training to be started, and owned until nothing of it lives. */
export interface TrainingProcess {
  readonly file: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Environment entry that marks every process of this attempt. */
  readonly tag: { readonly name: string; readonly value: string };
  /** Open file that takes stdout and stderr. */
  readonly logFd: number;
  readonly timeoutSeconds: number;
  /** Told the resource limit that every process of the training inherits. */
  readonly onMark?: ((limitBytes: number) => void) | undefined;
  /** Aborting it ends the training: SIGTERM, a grace period, SIGKILL. */
  readonly signal?: AbortSignal | undefined;
  /** Aborting it cuts the grace period short. */
  readonly killSignal?: AbortSignal | undefined;
  /** @default 10 */
  readonly graceSeconds?: number | undefined;
}

/** How a training ended. */
export interface TrainingExit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Why we ended it; `undefined` when it ended by itself. */
  readonly endedBy: "timeout" | "interrupt" | undefined;
  /** Why it could not be started. */
  readonly spawnError: Error | undefined;
  /** From its start to the end of the process itself. */
  readonly durationSeconds: number;
  /** CPU seconds of the training and of the children it waited for. */
  readonly cpuSeconds: number | undefined;
  /** Ends what outlived the training. */
  readonly sweep: () => Promise<EndedTree>;
}

/**
 * Starts a training in a session and process group of its own and waits for its end. node's `spawn` and not execa: the
 * output goes to a file descriptor and the process is detached, which switches off everything that execa adds.
 */
export async function superviseTraining(training: TrainingProcess): Promise<TrainingExit> {
  if (training.signal?.aborted) return notStarted({ endedBy: "interrupt", spawnError: undefined }, 0);
  const calledMs = performance.now();
  const started = await start(training);
  if (started instanceof Error || started.child.pid === undefined) {
    const spawnError = started instanceof Error ? started : new Error("the process has no id");
    return notStarted({ endedBy: undefined, spawnError }, secondsSince(calledMs));
  }

  const { child, mark, startMs, cpuBefore } = started;
  const identity = { leader: started.child.pid, tag: `${training.tag.name}=${training.tag.value}`, mark };
  const exited = once(child, "exit");
  let endedBy: TrainingExit["endedBy"];
  let ending: Promise<EndedTree> | undefined;
  const end = (reason: TrainingExit["endedBy"]): void => {
    endedBy ??= reason;
    ending ??= endTree(identity, training.graceSeconds ?? KILL_GRACE_SECONDS, training.killSignal);
    // A failure reaches whoever sweeps; unhandled until then it would end the whole process
    ending.catch(() => undefined);
  };
  const onInterrupt = (): void => end("interrupt");
  const timer = setTimeout(() => end("timeout"), Math.min(training.timeoutSeconds * 1000, MAX_TIMER_MS));
  training.signal?.addEventListener("abort", onInterrupt, { once: true });
  if (training.signal?.aborted) onInterrupt(); // while it started
  try {
    const [exitCode, signal]: unknown[] = await exited;
    return {
      exitCode: typeof exitCode === "number" ? exitCode : undefined,
      signal: typeof signal === "string" ? signal : undefined,
      endedBy,
      spawnError: undefined,
      durationSeconds: secondsSince(startMs),
      cpuSeconds: hundredths(Math.max(0, childCpuSeconds() - cpuBefore)),
      sweep: async () => {
        await ending;
        return endTree(identity, LEFTOVER_GRACE_SECONDS, training.killSignal);
      },
    };
  } finally {
    clearTimeout(timer);
    training.signal?.removeEventListener("abort", onInterrupt);
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
  readonly mark: number | undefined;
  /** On the clock of `performance.now`, just before the process was there. */
  readonly startMs: number;
  /** CPU seconds of earlier children of this process. */
  readonly cpuBefore: number;
}

/** The running child, or why there is none: bad arguments throw, a missing program is an event. */
async function start(training: TrainingProcess): Promise<Started | Error> {
  try {
    const { tag, environment, logFd } = training;
    let startMs = performance.now();
    const { child, mark } = birthmarked(() => {
      startMs = performance.now();
      return spawn(training.file, training.args, {
        cwd: training.workingDirectory,
        env: { ...environment, [tag.name]: tag.value },
        stdio: ["ignore", logFd, logFd],
        detached: true,
      });
    });
    // After the marking, which costs CPU time of its own; the training's is only counted once it has been waited for
    const cpuBefore = childCpuSeconds();
    if (mark !== undefined) training.onMark?.(mark);
    await once(child, "spawn");
    return { child, mark, startMs, cpuBefore };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function notStarted(why: Pick<TrainingExit, "endedBy" | "spawnError">, durationSeconds: number): TrainingExit {
  return {
    ...why,
    exitCode: undefined,
    signal: undefined,
    durationSeconds,
    cpuSeconds: undefined,
    sweep: () => Promise.resolve({ ended: 0, survivors: [] }),
  };
}
