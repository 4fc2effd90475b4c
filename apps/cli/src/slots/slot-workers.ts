import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that claims rows of a plan and runs them, one after another. */
export interface SlotWorker {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly onOut: (line: string) => void;
  readonly onErr: (line: string) => void;
}

/** How they are stopped. */
export interface WorkerSignals {
  /** Aborting it lets each end its training cleanly. */
  readonly signal: AbortSignal;
  /** Aborting it kills the trainings at once. */
  readonly killSignal: AbortSignal;
  /** Told each worker whose rows have not all succeeded. */
  readonly onFailure: () => Promise<void>;
}

/** Runs the workers beside each other; resolves with their exit codes once all have ended. */
export async function runWorkers(
  workers: readonly SlotWorker[],
  { signal, killSignal, onFailure }: WorkerSignals,
): Promise<readonly number[]> {
  const children = workers.map(start);
  const tell = (name: NodeJS.Signals) => (): void => {
    for (const { child } of children) child.kill(name);
  };
  const [end, endAtOnce] = [tell("SIGTERM"), tell("SIGTERM")];
  signal.addEventListener("abort", end, { once: true });
  killSignal.addEventListener("abort", endAtOnce, { once: true });
  if (signal.aborted) end();
  try {
    return await Promise.all(
      children.map(async ({ ended }) => {
        const code = await ended;
        if (code !== 0) await onFailure();
        return code;
      }),
    );
  } finally {
    signal.removeEventListener("abort", end);
    killSignal.removeEventListener("abort", endAtOnce);
  }
}

function start({ args, environment, workingDirectory, onOut, onErr }: SlotWorker): {
  readonly child: ChildProcess;
  readonly ended: Promise<number>;
} {
  const [, script = ""] = process.argv;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: workingDirectory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Ctrl-C reaches it through us alone, and a second one is then a second one
    detached: true,
  });
  createInterface({ input: child.stdout }).on("line", onOut);
  createInterface({ input: child.stderr }).on("line", onErr);
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  return { child, ended };
}
