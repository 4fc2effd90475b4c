import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type PerfInterval, parseIntervals } from "./parse-intervals.ts";
import { PERF_EVENTS, type PerfEvent } from "./perf-events.ts";
import { type PerfExit, startPerf } from "./perf-sidecar.ts";

const PROBE_INTERVAL_MS = 100;
const PROBE_TIMEOUT_MS = 2000;
/** Exit status of perf 6.1 when it knows no such event, or no such PMU. */
const UNKNOWN_EVENT = 129;

/** What perf can measure here. */
export interface PerfCapability {
  /** Events that delivered joules when tried. */
  readonly events: readonly PerfEvent[];
  readonly status: "ready" | "unreadable" | "absent";
  readonly reason: string | undefined;
  readonly fix: string | undefined;
}

/** Tries the sidecar itself for a tenth of a second: only an event that was read exists. */
export async function probePerf(): Promise<PerfCapability> {
  const together = await tryEvents(PERF_EVENTS);
  if (together.isAlive) return ready(together.read);
  if (together.exit.isMissing) {
    return missing(
      "absent",
      "perf is not installed",
      "apt-get install linux-perf (Debian) or linux-tools-$(uname -r) (Ubuntu)",
    );
  }
  // One unknown event makes perf refuse all of them, so each is tried alone; a domain that uses next to nothing may show 0
  const alone = await Promise.all(PERF_EVENTS.map((event) => tryEvents([event])));
  if (alone.some(({ isAlive }) => isAlive)) return ready(alone.flatMap(({ read }) => read));
  // Together they may have failed for the unknown one only; alone the known ones tell what is wrong with them
  const told = alone.find(({ exit }) => exit.exitCode !== UNKNOWN_EVENT) ?? together;
  return explain(told.exit);
}

/** What perf did with some events. */
interface Attempt {
  /** Events whose row was a number. */
  readonly read: readonly PerfEvent[];
  /** Whether any number was more than 0: dead counters, as in some virtual machines, all stand still. */
  readonly isAlive: boolean;
  readonly exit: PerfExit;
}

async function tryEvents(events: readonly PerfEvent[]): Promise<Attempt> {
  const directory = await mkdtemp(join(tmpdir(), "ea-perf-"));
  const file = join(directory, "probe.txt");
  try {
    const perf = startPerf(events, PROBE_INTERVAL_MS, file);
    const gaveUp = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    const readIntervals = async (): Promise<readonly PerfInterval[]> =>
      parseIntervals(await readFile(file, "utf8").catch(() => "")).intervals;
    const hasEnded = perf.ended.then(() => true);
    // One interval tells it all, also when it is `<not supported>`
    while (!gaveUp.aborted && (await readIntervals()).length === 0) {
      if (await Promise.race([hasEnded, sleep(PROBE_INTERVAL_MS / 4, false)])) break;
    }
    const exit = await perf.stop();
    const counted = (await readIntervals()).filter(({ energyJoules }) => energyJoules !== undefined);
    const read = events.filter((event) => counted.some((row) => row.event === event));
    return { read, isAlive: counted.some(({ energyJoules = 0 }) => energyJoules > 0), exit };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function ready(events: readonly PerfEvent[]): PerfCapability {
  return { events, status: "ready", reason: undefined, fix: undefined };
}

function missing(status: "unreadable" | "absent", reason: string, fix: string | undefined): PerfCapability {
  return { events: [], status, reason, fix };
}

/** perf's own words for why it cannot, as a reason and the command that helps. */
export function explain(exit: PerfExit): PerfCapability {
  if (/perf_event_paranoid|Access to performance monitoring/i.test(exit.stderr)) {
    return missing(
      "unreadable",
      "perf may not count the whole host (perf_event_paranoid)",
      "sudo sysctl kernel.perf_event_paranoid=0",
    );
  }
  if (exit.exitCode === UNKNOWN_EVENT) {
    return missing(
      "absent",
      "no RAPL energy events: this CPU, kernel or virtual machine does not offer them",
      undefined,
    );
  }
  if (exit.failure === undefined || exit.exitCode === 0)
    return missing("absent", "perf counts no joules for the RAPL events here", undefined);
  const words = exit.stderr.trim().split("\n")[0]?.slice(0, 200);
  return missing("unreadable", words ? `${exit.failure}: ${words}` : exit.failure, undefined);
}
