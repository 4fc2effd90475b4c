/** Iterates `source`, and rejects with `signal.reason` at once when aborted, even while the source is stuck. */
export async function* abortable<T>(
  source: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void> {
  if (signal === undefined) {
    yield* source;
    return;
  }
  signal.throwIfAborted();
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  // One listener for the whole iteration: a race against one long-lived promise would keep every step in memory
  let abort: (() => void) | undefined;
  const onAbort = (): void => abort?.();
  signal.addEventListener("abort", onAbort);
  let done = false;
  try {
    while (!done) {
      signal.throwIfAborted();
      const step = await new Promise<IteratorResult<T, unknown>>((resolve, reject) => {
        abort = () => reject(signal.reason);
        Promise.resolve(iterator.next()).then(resolve, reject);
      });
      signal.throwIfAborted();
      done = step.done === true;
      if (step.done !== true) yield step.value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    // Not awaited: a source that is stuck would never answer
    if (!done) Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
