import { isQuickEnd, pauseSeconds } from "./background-back-off.ts";
import type { Stretch } from "./background-liveness.ts";
import { type BackgroundLog, openBackgroundLog } from "./background-log.ts";
import { makeRepeater, type RepeatedCommand, type Repeater } from "./background-process.ts";
import { KILL_GRACE_SECONDS } from "./defaults.ts";
import type { EndedTree } from "./end-tree.ts";
import type { TreeIdentity } from "./process-tree.ts";

/** A command to be kept running. */
export interface RunsRequest extends Omit<RepeatedCommand, "logFd" | "onStarted" | "onEnded"> {
  readonly logPath: string;
  /** Aborting it ends the command: SIGTERM, a grace period, SIGKILL. */
  readonly signal: AbortSignal;
  /** Aborting it cuts the grace period short. */
  readonly killSignal: AbortSignal;
}

/** A command that is kept running. */
export interface BackgroundRuns {
  /** `undefined` when nothing could be started. */
  readonly identity: TreeIdentity | undefined;
  readonly log: Pick<BackgroundLog, "droppedBytes" | "problem">;
  /** When it ran. */
  readonly alive: readonly Stretch[];
  /** How often it ended by itself with each exit code. */
  readonly exitCodes: Readonly<Record<string, number>>;
  /** Whether what starts it was ended by somebody else: it cannot run again, and what it has computed is not known. */
  readonly isLost: () => boolean;
  /** Ends it, once; whatever it throws, nothing of it lives. */
  readonly end: () => Promise<EndedTree>;
}

/**
 * Starts a command and keeps it running: whenever it ends it is started again, at once, or after longer and longer pauses
 * when it ends at once. Resolves when its first run has started or could not be started.
 */
export async function keepRunning(request: RunsRequest): Promise<BackgroundRuns> {
  const { signal, killSignal } = request;
  const log = openBackgroundLog(request.logPath);
  const alive: Stretch[] = [];
  const exitCodes: Record<string, number> = {};
  let [quickEnds, isEnding, isLost] = [0, false, false];
  let pause: NodeJS.Timeout | undefined;
  let repeater: Repeater | undefined;
  let onFirst = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    onFirst = resolve;
  });
  const startNext = (): void => {
    if (!repeater || isEnding || signal.aborted) return;
    log.note(`run ${alive.length + 1} starts: ${request.command.join(" ")}`);
    repeater.start();
  };
  const onStarted = (): void => {
    alive.push({ startMs: performance.now(), endMs: undefined });
    onFirst();
  };
  const startAgain = async (): Promise<void> => {
    // What a run has left behind is no load of the next one
    await repeater?.endRun();
    if (!isEnding) pause = setTimeout(startNext, pauseSeconds(quickEnds) * 1000);
  };
  const onEnded = (exitCode: number | undefined): void => {
    onFirst();
    const endMs = performance.now();
    const last = alive.at(-1);
    if (last && last.endMs === undefined) alive.splice(-1, 1, { ...last, endMs });
    if (isEnding || signal.aborted) return;
    isLost ||= exitCode === undefined;
    if (exitCode === undefined) return;
    exitCodes[exitCode] = (exitCodes[exitCode] ?? 0) + 1;
    const seconds = (endMs - (last?.startMs ?? endMs)) / 1000;
    log.note(`run ${alive.length} ended after ${seconds.toFixed(1)} s with exit code ${exitCode}`);
    quickEnds = isQuickEnd({ exitCode, seconds }) ? quickEnds + 1 : 0;
    startAgain().catch((error: unknown) => log.note(`no other run: ${String(error)}`));
  };
  const made = await makeRepeater({ ...request, logFd: log.fd, onStarted, onEnded }, killSignal);
  if (made instanceof Error) log.note(`could not be started: ${made.message}`);
  else repeater = made;
  // Not what starts it: what that has computed would become the foreground's, should that still run
  const onAbort = (): void => void repeater?.endRun(KILL_GRACE_SECONDS).catch(() => undefined); // told by `end`
  signal.addEventListener("abort", onAbort, { once: true });
  startNext();
  if (repeater && !signal.aborted) await first;

  const end = async (): Promise<EndedTree> => {
    isEnding = true;
    clearTimeout(pause);
    signal.removeEventListener("abort", onAbort);
    try {
      return (await repeater?.end()) ?? { ended: 0, survivors: [] };
    } finally {
      log.close();
    }
  };
  return { identity: repeater?.identity, log, alive, exitCodes, isLost: () => isLost, end };
}
