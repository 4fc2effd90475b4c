import type { BackgroundLoad, WorkingCopyState } from "@ea/records";
import { coveredMs } from "./background-liveness.ts";
import { keepRunning, type RunsRequest } from "./background-runs.ts";
import type { EndedTree } from "./end-tree.ts";
import type { TreeIdentity } from "./process-tree.ts";
import { treeCpuSeconds } from "./stall-watch.ts";

/** A load to be kept up beside a training. */
export interface LoadRequest extends RunsRequest {
  readonly workingCopy: WorkingCopyState;
}

/** A load that is over. */
export interface EndedLoad {
  readonly load: BackgroundLoad;
  readonly tree: EndedTree;
  /** Why its log is not whole; `undefined` when it is. */
  readonly logProblem: Error | undefined;
}

/** Where a load was seen. */
type Sighting = NonNullable<BackgroundLoad["gpus"]>[number];

/** A load that is kept up. */
export interface RunningLoad {
  /** `undefined` when nothing could be started. */
  readonly identity: TreeIdentity | undefined;
  /** What is measured begins now. */
  readonly beginWindow: () => void;
  /** What is measured has ended. */
  readonly endWindow: () => void;
  /** CPU seconds of its processes since the window began, until now; `undefined` when nobody could count them. */
  readonly cpuSeconds: () => number | undefined;
  /** Tells that somebody has looked at the GPUs, and where the load was seen. */
  readonly seenOn: (devices: readonly Sighting[]) => void;
  /** Ends it; asked again, it gives the same answer. Whatever it throws, nothing of it lives. */
  readonly stop: () => Promise<EndedLoad>;
}

/** Starts a load, keeps it up, and watches how much of what is measured it ran. */
export async function startLoad(request: LoadRequest): Promise<RunningLoad> {
  const { command, workingDirectory, workingCopy } = request;
  const runs = await keepRunning(request);
  const { identity, alive, exitCodes, log } = runs;
  const window = { startMs: performance.now(), endMs: Number.NaN };
  const cpu = { start: Number.NaN, end: Number.NaN };
  let gpus: Map<string, number | undefined> | undefined;
  const cpuNow = (): number => (identity && !runs.isLost() ? treeCpuSeconds(identity) : Number.NaN);
  const countCpu = (): void => {
    if (Number.isNaN(cpu.end)) cpu.end = cpuNow();
  };
  const endWindow = (): void => {
    if (!Number.isNaN(window.endMs)) return;
    window.endMs = performance.now();
    // Counting takes a moment, which is not to be measured
    setImmediate(() => countCpu());
  };
  const describe = (): BackgroundLoad => ({
    command,
    workingDirectory,
    workingCopy,
    runs: alive.length,
    restarts: Math.max(0, alive.length - 1),
    exitCodes,
    windowSeconds: toMicroseconds(window.endMs - window.startMs),
    aliveSeconds: toMicroseconds(coveredMs(alive, window)),
    cpuSeconds: hundredths(cpu.end - cpu.start),
    gpus: gpus && [...gpus].map(([device, memoryMebibytes]) => ({ device, memoryMebibytes })),
    logBytesDropped: log.droppedBytes(),
  });
  const stop = async (): Promise<EndedLoad> => {
    endWindow();
    countCpu();
    const tree = await runs.end();
    return { load: describe(), tree, logProblem: log.problem() };
  };
  let stopped: Promise<EndedLoad> | undefined;
  return {
    identity,
    beginWindow() {
      cpu.start = cpuNow();
      window.startMs = performance.now();
    },
    endWindow,
    cpuSeconds: () => hundredths(cpuNow() - cpu.start),
    seenOn(devices) {
      gpus ??= new Map();
      for (const { device, memoryMebibytes } of devices) {
        const most = Math.max(gpus.get(device) ?? 0, memoryMebibytes ?? 0);
        gpus.set(device, most > 0 ? most : undefined);
      }
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Seconds, to the microsecond. */
function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1e6;
}

/** The kernel counts CPU time in these. A process that was not waited for takes its own with it. */
function hundredths(seconds: number): number | undefined {
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.round(seconds * 100) / 100);
}
