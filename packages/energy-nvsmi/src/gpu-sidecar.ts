import { closeSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { getDefaultHighWaterMark, setDefaultHighWaterMark } from "node:stream";
import { execa } from "execa";
import { lineSplitter } from "./lines.ts";
import { ENVIRONMENT } from "./nvidia-smi.ts";

const STOP_TIMEOUT_MS = 2000;
/** What waits in the pipe is read within that time. */
const DRAIN_MS = 10;
/** Linux counts CPU time in hundredths of a second for user space (man 5 proc). */
const TICKS_PER_SECOND = 100;

/** What a sidecar does with what nvidia-smi prints. */
export interface SidecarOutput {
  /** Gets every complete line. */
  readonly onLine: (line: string) => void;
  /** Gets every byte. */
  readonly rawFile?: string | undefined;
}

/** A running `nvidia-smi -lms`. */
export interface GpuSidecar {
  /** From now on what it printed is fetched only so often: each time that a process wakes up costs it 0.2 ms. */
  readEvery(milliseconds: number): void;
  /** Resolves when nvidia-smi has ended: with the reason, or `undefined` after `stop`. Never rejects. */
  readonly ended: Promise<string | undefined>;
  /** Ends nvidia-smi; rejects when `rawFile` could not be written to. */
  stop(): Promise<string | undefined>;
  /** CPU seconds of nvidia-smi, known once `stop` was called, and ours for its lines. */
  cpuSeconds(): number;
}

/**
 * Starts one long-lived nvidia-smi in a session of its own. It writes into a pipe, so it also ends when we are killed.
 * nvidia-smi flushes after each sweep; if it ever did not, rows would come late and together, and their stamps still
 * say when they were taken.
 */
export function startNvidiaSmi(args: readonly string[], { onLine, rawFile }: SidecarOutput): GpuSidecar {
  let isStopping = false;
  let sidecarSeconds = 0;
  let ownMs = 0;
  let writeError: unknown;
  let fetching: NodeJS.Timeout | undefined;
  let draining: NodeJS.Timeout | undefined;
  const raw = rawFile === undefined ? undefined : openSync(rawFile, "w");
  const child = withoutReadAhead(() =>
    execa("nvidia-smi", args, {
      env: ENVIRONMENT,
      stdin: "ignore",
      buffer: { stdout: false },
      encoding: "utf8",
      reject: false,
      detached: true,
      cleanup: false,
    }),
  );
  const split = lineSplitter();
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk: string) => {
    const startMs = performance.now(); // nothing in here waits, and asking for CPU time costs more than a row
    try {
      if (raw !== undefined && writeError === undefined) writeSync(raw, chunk);
    } catch (error) {
      writeError = error; // a full disk, say: `stop` reports it, the readings go on
    }
    for (const line of split(chunk)) onLine(line);
    ownMs += performance.now() - startMs;
  });
  const readAlways = (): void => {
    clearInterval(fetching);
    clearTimeout(draining);
    child.stdout.resume();
  };
  child.once("exit", readAlways);
  const ended = child.then((result) => {
    if (raw !== undefined) closeSync(raw);
    if (isStopping) return undefined;
    const words = result.stderr.trim().split("\n")[0]?.slice(0, 200);
    return `nvidia-smi ended early (${result.signal ?? result.exitCode ?? result.code})${words ? `: ${words}` : ""}`;
  });
  return {
    ended,
    readEvery(milliseconds) {
      child.stdout.pause();
      fetching = setInterval(() => {
        child.stdout.resume();
        draining = setTimeout(() => child.stdout.pause(), DRAIN_MS);
      }, milliseconds);
    },
    async stop() {
      isStopping = true;
      readAlways();
      if (child.pid !== undefined) sidecarSeconds = (await cpuSecondsOf(child.pid)) ?? sidecarSeconds;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      const failure = await ended.finally(() => clearTimeout(timer));
      if (writeError !== undefined) throw writeError;
      return failure;
    },
    cpuSeconds: () => sidecarSeconds + ownMs / 1000,
  };
}

/**
 * Makes streams that read nothing while they are paused. Others read on until 16 KiB wait, so that a pause would spare
 * none of the wakings of the first seconds; node has no such option for the pipes of a child.
 */
function withoutReadAhead<Result>(make: () => Result): Result {
  const usualBytes = getDefaultHighWaterMark(false);
  setDefaultHighWaterMark(false, 1);
  try {
    return make();
  } finally {
    setDefaultHighWaterMark(false, usualBytes);
  }
}

async function cpuSecondsOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The command name may hold spaces and parentheses; the fields after its last ")" are plain
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
