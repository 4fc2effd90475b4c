import { stat } from "node:fs/promises";
import type { Flag } from "@ea/records";

/** Two hosts whose clocks are as far apart tell no order of what they did. */
const MAX_OFFSET_SECONDS = 60;

/**
 * Compares this host's clock with that of the file system, which all hosts of a session share: a file that has just been
 * written has the server's time where the file system is a server's.
 */
export async function clockOffsetFlags(path: string): Promise<readonly Flag[]> {
  const { mtimeMs } = await stat(path);
  const seconds = (Date.now() - mtimeMs) / 1000;
  if (Math.abs(seconds) <= MAX_OFFSET_SECONDS) return [];
  const message = `the clock of this host is ${Math.abs(seconds).toFixed(0)} s ${seconds > 0 ? "ahead of" : "behind"} that of the file system: times of other hosts are not comparable`;
  return [{ code: "clock-offset", severity: "warning", message, evidence: { seconds } }];
}
