import type { Terminal } from "./terminal.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Signals for a session: the first asks it to end cleanly, the second at once. */
interface StopSignals {
  readonly signal: AbortSignal;
  readonly killSignal: AbortSignal;
}

/** Runs something that Ctrl-C, SIGTERM and a lost terminal end cleanly, and a second one of them at once. */
export async function interruptible<Result>(
  terminal: Terminal,
  work: (signals: StopSignals) => Promise<Result>,
): Promise<{ readonly result: Result; readonly interruptedBy: (typeof SIGNALS)[number] | undefined }> {
  const stopping = new AbortController();
  const killing = new AbortController();
  let interruptedBy: (typeof SIGNALS)[number] | undefined;
  const onSignal = (signal: (typeof SIGNALS)[number]): void => {
    if (interruptedBy === undefined) {
      interruptedBy = signal;
      terminal.err("\nStopping: the training gets 10 s to end. Again to kill it now.\n");
      stopping.abort();
    } else if (signal !== "SIGHUP") killing.abort(); // a lost terminal often follows Ctrl-C and asks for no more haste
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const result = await work({ signal: stopping.signal, killSignal: killing.signal });
    return { result, interruptedBy };
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
