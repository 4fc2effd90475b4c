import { join } from "node:path";
import type { Reading } from "@ea/energy";
import type { SessionEvent } from "@ea/runner";
import { plainReporter } from "../plain-reporter.ts";
import type { Terminal } from "../terminal.ts";
import { heartbeatText } from "./heartbeat-text.ts";
import { liveBlock } from "./live-block.ts";
import { liveTracker } from "./live-tracker.ts";
import { liveView } from "./live-view.ts";
import { logProgress } from "./log-progress.ts";
import { readTail } from "./read-tail.ts";
import { stamped } from "./stamped.ts";

/** How much of a log is looked at for the epoch. */
const TAIL_BYTES = 4096;

/** Tells people how a session in this process stands. */
export interface SessionDisplay {
  /** The same terminal, on which words stand above what is written anew each second. */
  readonly terminal: Terminal;
  readonly onEvent: (event: SessionEvent) => void;
  readonly onReading: (reading: Reading) => void;
  /** Ends it: what comes now is the result. */
  readonly close: () => void;
}

/**
 * A calm block at the bottom of a terminal; one line with the time for each event, and one now and then while nothing
 * happens, everywhere else; warnings alone when it is to be quiet.
 */
export function sessionDisplay(
  terminal: Terminal,
  { isQuiet, heartbeatSeconds }: { readonly isQuiet: boolean; readonly heartbeatSeconds: number },
): SessionDisplay {
  const tracker = liveTracker(() => performance.now(), epochMs);
  const progress = (directory: string): string | undefined =>
    logProgress(readTail(join(directory, "training.log"), TAIL_BYTES));
  const columns = terminal.liveColumns();
  if (!isQuiet && columns !== undefined) {
    const view = liveView({
      write: terminal.err,
      columns: () => terminal.liveColumns() ?? columns,
      block: () =>
        liveBlock(tracker.look(progress), {
          columns: terminal.liveColumns() ?? columns,
          isUnicode: terminal.isUnicode,
        }),
    });
    const above = { ...terminal, err: view.print };
    const report = plainReporter(above, { isQuiet, isLive: true });
    return { ...tracker, terminal: above, onEvent: both(tracker.onEvent, report), close: view.close };
  }
  const lines = isQuiet ? terminal : { ...terminal, err: stamped(terminal.err, () => new Date()) };
  const report = plainReporter(lines, { isQuiet, isLive: false });
  const timer =
    isQuiet || heartbeatSeconds === 0
      ? undefined
      : setInterval(() => lines.err(`${heartbeatText(tracker.look(progress))}\n`), heartbeatSeconds * 1000);
  timer?.unref();
  return { ...tracker, terminal, onEvent: both(tracker.onEvent, report), close: () => clearInterval(timer) };
}

function both(
  first: (event: SessionEvent) => void,
  second: (event: SessionEvent) => void,
): (event: SessionEvent) => void {
  return (event) => {
    first(event);
    second(event);
  };
}

/** Milliseconds since 1970 from a clock that does not step: the clock of the readings. */
function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
