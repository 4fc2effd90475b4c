import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseIntervals } from "./parse-intervals.ts";
import { PERF_EVENTS, type PerfEvent } from "./perf-events.ts";
import { type PerfExit, startPerf } from "./perf-sidecar.ts";

const EVENTS_DIRECTORY = "/sys/bus/event_source/devices/power/events";
const PROBE_INTERVAL_MS = 100;
const PROBE_TIMEOUT_MS = 2000;

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
  const listed = await readdir(EVENTS_DIRECTORY).catch((): string[] => []);
  const known = PERF_EVENTS.filter(({ event }) => listed.includes(event));
  const candidates = known.length > 0 ? known : PERF_EVENTS;
  const together = await tryEvents(candidates);
  if (together.read.length > 0) return ready(together.read);
  if (together.exit.isMissing) {
    return missing(
      "absent",
      "perf is not installed",
      "apt-get install linux-perf (Debian) or linux-tools-$(uname -r) (Ubuntu)",
    );
  }
  // One unknown event makes perf refuse all of them
  const alone = await Promise.all(candidates.map((event) => tryEvents([event])));
  const read = alone.flatMap((attempt) => attempt.read);
  return read.length > 0 ? ready(read) : explain(together.exit);
}

async function tryEvents(events: readonly PerfEvent[]): Promise<{ read: readonly PerfEvent[]; exit: PerfExit }> {
  const directory = await mkdtemp(join(tmpdir(), "ea-perf-"));
  const file = join(directory, "probe.txt");
  try {
    const perf = startPerf(events, PROBE_INTERVAL_MS, file);
    const gaveUp = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    const isRead = async (): Promise<readonly PerfEvent[]> => {
      const { intervals } = parseIntervals(await readFile(file, "utf8").catch(() => ""));
      return events.filter((event) => intervals.some((row) => row.event === event && row.energyJoules !== undefined));
    };
    const hasEnded = perf.ended.then(() => true);
    while (!gaveUp.aborted && (await isRead()).length === 0) {
      if (await Promise.race([hasEnded, sleep(PROBE_INTERVAL_MS / 4, false)])) break;
    }
    const exit = await perf.stop();
    return { read: await isRead(), exit };
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

/** perf's own words for why it cannot, as a reason and the command that helps. Exit statuses: perf 6.1. */
export function explain(exit: PerfExit): PerfCapability {
  if (/perf_event_paranoid|Access to performance monitoring/i.test(exit.stderr)) {
    return missing(
      "unreadable",
      "perf may not count the whole host (perf_event_paranoid)",
      "sudo sysctl kernel.perf_event_paranoid=0",
    );
  }
  if (exit.exitCode === 129) {
    return missing(
      "absent",
      "no RAPL energy events: this CPU, kernel or virtual machine does not offer them",
      undefined,
    );
  }
  if (exit.failure === undefined) return missing("absent", "perf counts no joules for the RAPL events here", undefined);
  const words = exit.stderr.trim().split("\n")[0]?.slice(0, 200);
  return missing("unreadable", words ? `${exit.failure}: ${words}` : exit.failure, undefined);
}
