import { closeSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { execa } from "execa";
import { lineSplitter } from "./lines.ts";
import { ENVIRONMENT } from "./nvidia-smi.ts";

const STOP_TIMEOUT_MS = 2000;
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
  let ownMicroseconds = 0;
  let writeError: unknown;
  let reading: NodeJS.Timeout | undefined;
  const raw = rawFile === undefined ? undefined : openSync(rawFile, "w");
  const child = execa("nvidia-smi", args, {
    env: ENVIRONMENT,
    stdin: "ignore",
    buffer: { stdout: false },
    encoding: "utf8",
    reject: false,
    detached: true,
    cleanup: false,
  });
  const split = lineSplitter();
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk: string) => {
    const before = process.cpuUsage();
    try {
      if (raw !== undefined && writeError === undefined) writeSync(raw, chunk);
    } catch (error) {
      writeError = error; // a full disk, say: `stop` reports it, the readings go on
    }
    for (const line of split(chunk)) onLine(line);
    const { user, system } = process.cpuUsage(before);
    ownMicroseconds += user + system;
  });
  const ended = child.then((result) => {
    clearInterval(reading);
    if (raw !== undefined) closeSync(raw);
    if (isStopping) return undefined;
    const words = result.stderr.trim().split("\n")[0]?.slice(0, 200);
    return `nvidia-smi ended early (${result.signal ?? result.exitCode ?? result.code})${words ? `: ${words}` : ""}`;
  });
  return {
    ended,
    readEvery(milliseconds) {
      // A paused stream keeps each write of nvidia-smi as a piece of its own: all of them are let out, then it is paused
      const pauseSoon = (): void => {
        setImmediate(() => {
          if (!isStopping) child.stdout.pause();
        });
      };
      pauseSoon();
      reading = setInterval(() => {
        child.stdout.resume();
        pauseSoon();
      }, milliseconds);
    },
    async stop() {
      isStopping = true;
      clearInterval(reading);
      reading = undefined;
      child.stdout.resume();
      if (child.pid !== undefined) sidecarSeconds = (await cpuSecondsOf(child.pid)) ?? sidecarSeconds;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      const failure = await ended.finally(() => clearTimeout(timer));
      if (writeError !== undefined) throw writeError;
      return failure;
    },
    cpuSeconds: () => sidecarSeconds + ownMicroseconds / 1e6,
  };
}

async function cpuSecondsOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The command name may hold spaces and parentheses; the fields after its last ")" are plain
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
