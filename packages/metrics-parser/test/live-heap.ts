import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** Bytes of the heap that are in use after a garbage collection: what is waiting for one depends on the moment. */
function liveHeapBytes(): number {
  if (typeof collectGarbage !== "function") throw new Error("no garbage collector to call");
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Sends `piece` until `totalBytes` are sent, and tells `onSample` the growth of the live heap ten times on the way. */
export async function* sampled<T extends string | Uint8Array>(
  piece: T,
  totalBytes: number,
  onSample: (growthBytes: number) => void,
): AsyncGenerator<T> {
  const start = liveHeapBytes();
  const count = Math.ceil(totalBytes / piece.length);
  const every = Math.ceil(count / 10);
  for (let sent = 0; sent < count; sent += 1) {
    yield piece;
    if (sent % every === every - 1) onSample(liveHeapBytes() - start);
  }
}
