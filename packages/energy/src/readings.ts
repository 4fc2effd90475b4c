import type { Reading } from "./meter.ts";

/** More unread readings than this are dropped, oldest first: nobody is listening. */
const MAX_UNREAD = 100_000;

/** A queue between a sensor that pushes and a consumer that iterates. */
export interface ReadingQueue extends AsyncIterable<Reading> {
  /** Hands over one reading; ignored after `close`. */
  push(reading: Reading): void;
  /** Ends the iteration once everything pushed before has been read. */
  close(): void;
}

/** A queue of readings for one consumer. */
export function readingQueue(): ReadingQueue {
  let unread: Reading[] = [];
  let isClosed = false;
  let wake: (() => void) | undefined;
  const notify = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    push(reading) {
      if (isClosed) return;
      if (unread.length >= MAX_UNREAD) unread = unread.slice(MAX_UNREAD / 2);
      unread.push(reading);
      notify();
    },
    close() {
      isClosed = true;
      notify();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const batch = unread;
        unread = [];
        yield* batch;
        if (unread.length > 0) continue;
        if (isClosed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
