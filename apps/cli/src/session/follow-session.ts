import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findRecord } from "@ea/records";
import { type SessionStanding, sessionStanding } from "@ea/runner";
import { liveBlock } from "../live/live-block.ts";
import { liveView } from "../live/live-view.ts";
import { logProgress } from "../live/log-progress.ts";
import { readTail } from "../live/read-tail.ts";
import { stamped } from "../live/stamped.ts";
import { rowLine } from "../plain-reporter.ts";
import type { Terminal } from "../terminal.ts";
import { eventFollower, type ToldEvent } from "./follow-events.ts";
import { isAtWork, standingText } from "./standing-text.ts";
import { toldState } from "./told-state.ts";

const LOOK_MS = 1000;
const TAIL_BYTES = 4096;

/**
 * Shows how a session of another process stands, once a second, until nobody works on it: the same display as that of
 * `ea run`, and where there is none, a line for each run that ends and each warning from now on.
 */
export async function followSession(
  directory: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<SessionStanding> {
  const read = eventFollower(directory);
  const told = toldState();
  for (const event of read()) told.add(event);
  let standing = await sessionStanding(directory);
  const columns = terminal.liveColumns();
  const progress = (attempt: string): string | undefined =>
    logProgress(readTail(join(attempt, "training.log"), TAIL_BYTES));
  const view =
    columns === undefined
      ? { print: stamped(terminal.err, () => new Date()), close: () => undefined }
      : liveView({
          write: terminal.err,
          columns: () => terminal.liveColumns() ?? columns,
          block: () =>
            liveBlock(told.look(standing, new Date(), progress), {
              columns: terminal.liveColumns() ?? columns,
              isUnicode: terminal.isUnicode,
            }),
        });
  if (columns === undefined) view.print(standingText(standing, new Date()));
  try {
    while (isAtWork(standing) && !signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
      standing = await sessionStanding(directory);
      for (const event of read()) {
        told.add(event);
        const line = await eventLine(event, standing.planned, terminal);
        if (line !== undefined) view.print(`${line}\n`);
      }
    }
    return standing;
  } finally {
    view.close();
  }
}

async function eventLine(event: ToldEvent, planned: number, terminal: Terminal): Promise<string | undefined> {
  if (event.type === "warning") return event.message;
  if (event.type !== "row-finished" || event.path === undefined) return undefined;
  const record = await findRecord(dirname(event.path));
  return record && rowLine(record, planned, terminal);
}
