import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";

/** A log that grows beyond this loses its middle. */
const MAX_BYTES = 8 * 2 ** 20;
/** So much of its beginning stays. */
const HEAD_BYTES = 2 ** 20;
const LOOK_MS = 1000;

/** The log of a load that may run for days. */
export interface BackgroundLog {
  readonly fd: number;
  /** Adds a line of ours. */
  readonly note: (line: string) => void;
  /** Bytes that were left out so far. */
  readonly droppedBytes: () => number;
  /** Why it is not as it should be; `undefined` when it is. */
  readonly problem: () => Error | undefined;
  readonly close: () => void;
}

/**
 * Opens a log that processes write to by themselves, through the descriptor, and keeps it short: its beginning stays, and
 * what was written last.
 */
export function openBackgroundLog(
  path: string,
  limits = { maxBytes: MAX_BYTES, headBytes: HEAD_BYTES, lookMs: LOOK_MS },
) {
  const { O_CREAT, O_EXCL, O_RDWR, O_APPEND } = constants;
  const fd = openSync(path, O_CREAT | O_EXCL | O_RDWR | O_APPEND);
  let droppedBytes = 0;
  let problem: Error | undefined;
  // A disk that is full must not end the session in the middle of a training
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      problem ??= error instanceof Error ? error : new Error(String(error));
    }
  };
  const note = (line: string): void => attempt(() => writeSync(fd, `[ea] ${line}\n`));
  const trim = (): void =>
    attempt(() => {
      const { size } = fstatSync(fd);
      if (size <= limits.maxBytes) return;
      ftruncateSync(fd, limits.headBytes);
      droppedBytes += size - limits.headBytes;
      note(`${size - limits.headBytes} bytes were left out here`);
    });
  const timer = setInterval(trim, limits.lookMs);
  const log: BackgroundLog = {
    fd,
    note,
    droppedBytes: () => droppedBytes,
    problem: () => problem,
    close: () => {
      clearInterval(timer);
      trim();
      closeSync(fd);
    },
  };
  return log;
}
