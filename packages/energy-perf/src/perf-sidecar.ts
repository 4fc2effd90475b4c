import { execa } from "execa";
import { type PerfEvent, perfArguments } from "./perf-events.ts";
import { processCpuSeconds } from "./process-cpu-seconds.ts";

/** perf gets this long to write its last interval and leave. */
const STOP_TIMEOUT_MS = 3000;

/** How a perf sidecar ended. */
export interface PerfExit {
  /** How it ended, when it was not by our SIGINT. */
  readonly failure: string | undefined;
  /** What perf said on stderr. */
  readonly stderr: string;
  readonly isMissing: boolean;
  readonly exitCode: number | undefined;
}

/** A running `perf stat` without a workload. */
export interface PerfSidecar {
  /** Resolves when perf has ended, by itself or by `stop`; never rejects. */
  readonly ended: Promise<PerfExit>;
  /** Ends perf with SIGINT, so that it writes its last interval. */
  stop(): Promise<PerfExit>;
  /** CPU seconds of perf, known once `stop` was called. */
  cpuSeconds(): number;
}

/** Starts perf in a session of its own, so that a Ctrl-C meant for us does not end it early. */
export function startPerf(events: readonly PerfEvent[], intervalMs: number, file: string): PerfSidecar {
  let isStopping = false;
  let cpuSeconds = 0;
  const child = execa("perf", perfArguments(events, intervalMs, file), {
    env: { LC_ALL: "C" },
    stdin: "ignore",
    stdout: "ignore",
    reject: false,
    detached: true,
    cleanup: false,
  });
  const ended = child.then((result): PerfExit => {
    const isExpected = isStopping && result.signal === "SIGINT";
    return {
      failure: isExpected ? undefined : describeExit(result),
      stderr: result.stderr,
      isMissing: result.code === "ENOENT",
      exitCode: result.exitCode,
    };
  });
  return {
    ended,
    async stop() {
      isStopping = true;
      if (child.pid !== undefined) cpuSeconds = (await processCpuSeconds(child.pid)) ?? cpuSeconds;
      child.kill("SIGINT");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      try {
        return await ended;
      } finally {
        clearTimeout(timer);
      }
    },
    cpuSeconds: () => cpuSeconds,
  };
}

function describeExit(result: {
  readonly signal?: string | undefined;
  readonly exitCode?: number | undefined;
}): string {
  if (result.signal !== undefined) return `perf was ended by ${result.signal}`;
  if (result.exitCode !== undefined) return `perf ended with exit status ${result.exitCode}`;
  return "perf could not be started";
}
