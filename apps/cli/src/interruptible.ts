import type { Terminal } from "./terminal.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"] as const;

/** A signal that asks for the end. */
export type StopSignal = (typeof SIGNALS)[number];

/** Signals for something that can be stopped: the first asks it to end cleanly, the second at once. */
interface StopSignals {
  readonly signal: AbortSignal;
  readonly killSignal: AbortSignal;
  /** The first signal so far. */
  readonly interruptedBy: () => StopSignal | undefined;
  /** When it came, on the clock of `performance.now`. */
  readonly interruptedAtMs: () => number | undefined;
}

/** How a stop is told and whom it concerns. */
interface InterruptOptions {
  /** Said when the first signal comes. */
  readonly words: string;
  /** Why something is ended, by the signal that asks for it. @default no reason */
  readonly reasonOf?: ((signal: StopSignal) => unknown) | undefined;
  /** Whether SIGUSR2 asks for the end as well. @default false */
  readonly heedsUsr2?: boolean | undefined;
  /** Whether a signal has reached those it concerns without us, as Ctrl-C reaches a foreground process group. */
  readonly isDelivered?: ((signal: StopSignal) => boolean) | undefined;
}

/** Runs something that Ctrl-C, SIGTERM and a lost terminal end cleanly, and a second one of them at once. */
export async function interruptible<Result>(
  terminal: Terminal,
  { words, isDelivered = () => false, reasonOf, heedsUsr2 = false }: InterruptOptions,
  work: (signals: StopSignals) => Promise<Result>,
): Promise<{ readonly result: Result; readonly interruptedBy: StopSignal | undefined }> {
  const stopping = new AbortController();
  const killing = new AbortController();
  let interruptedBy: StopSignal | undefined;
  let interruptedAtMs: number | undefined;
  const onSignal = (signal: StopSignal): void => {
    interruptedBy ??= signal;
    interruptedAtMs ??= performance.now();
    if (isDelivered(signal)) return;
    if (!stopping.signal.aborted) {
      terminal.err(`\n${words}\n`);
      stopping.abort(reasonOf?.(signal));
    } else if (signal !== "SIGHUP") killing.abort(); // a lost terminal often follows Ctrl-C and asks for no more haste
  };
  const heeded = SIGNALS.filter((signal) => heedsUsr2 || signal !== "SIGUSR2");
  for (const signal of heeded) process.on(signal, onSignal);
  try {
    const result = await work({
      signal: stopping.signal,
      killSignal: killing.signal,
      interruptedBy: () => interruptedBy,
      interruptedAtMs: () => interruptedAtMs,
    });
    return { result, interruptedBy };
  } finally {
    for (const signal of heeded) process.off(signal, onSignal);
  }
}
