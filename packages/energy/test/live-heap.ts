import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** Bytes of the heap that are in use after a garbage collection: what is waiting for one depends on the moment. */
export function liveHeapBytes(): number {
  if (typeof collectGarbage !== "function") throw new Error("no garbage collector to call");
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
