import { closeSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { execa } from "execa";
import { queryArguments } from "./columns.ts";
import { lineSplitter } from "./lines.ts";
import { ENVIRONMENT } from "./nvidia-smi.ts";

const STOP_TIMEOUT_MS = 2000;
/** Linux counts CPU time in hundredths of a second for user space (man 5 proc). */
const TICKS_PER_SECOND = 100;

/** A running `nvidia-smi -lms`. */
export interface GpuSidecar {
  /** Resolves when nvidia-smi has ended: with the reason, or `undefined` after `stop`. Never rejects. */
  readonly ended: Promise<string | undefined>;
  /** Ends nvidia-smi; rejects when `rawFile` could not be written to. */
  stop(): Promise<string | undefined>;
  /** CPU seconds of nvidia-smi, known once `stop` was called. */
  cpuSeconds(): number;
}

/**
 * Starts one long-lived nvidia-smi in a session of its own; its output goes to `rawFile`, byte by byte, and line by
 * line to `onLine`. It writes into a pipe, so it also ends when we are killed.
 */
export function startNvidiaSmi(
  columns: readonly string[],
  intervalMs: number,
  rawFile: string,
  onLine: (line: string) => void,
): GpuSidecar {
  let isStopping = false;
  let cpuSeconds = 0;
  let writeError: unknown;
  const raw = openSync(rawFile, "w");
  const child = execa("nvidia-smi", queryArguments(columns, intervalMs), {
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
    try {
      if (writeError === undefined) writeSync(raw, chunk);
    } catch (error) {
      writeError = error; // a full disk, say: `stop` reports it, the readings go on
    }
    for (const line of split(chunk)) onLine(line);
  });
  const ended = child.then((result) => {
    closeSync(raw);
    if (isStopping) return undefined;
    const words = result.stderr.trim().split("\n")[0]?.slice(0, 200);
    return `nvidia-smi ended early (${result.signal ?? result.exitCode ?? result.code})${words ? `: ${words}` : ""}`;
  });
  return {
    ended,
    async stop() {
      isStopping = true;
      if (child.pid !== undefined) cpuSeconds = (await cpuSecondsOf(child.pid)) ?? cpuSeconds;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      const failure = await ended.finally(() => clearTimeout(timer));
      if (writeError !== undefined) throw writeError;
      return failure;
    },
    cpuSeconds: () => cpuSeconds,
  };
}

async function cpuSecondsOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The command name may hold spaces and parentheses; the fields after its last ")" are plain
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
