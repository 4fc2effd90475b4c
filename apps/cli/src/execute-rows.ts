import { relative } from "node:path";
import {
  configError,
  eventToJson,
  resultToJson,
  type SessionEvent,
  type SessionOptions,
  type SessionResult,
} from "@ea/runner";
import { EXIT } from "./exit-codes.ts";
import { giftsToCaller } from "./give-to-caller.ts";
import { interruptible } from "./interruptible.ts";
import { sessionDisplay } from "./live/session-display.ts";
import { allMeters } from "./meters.ts";
import { recoverEnergy } from "./parse/recover-energy.ts";
import { printResults } from "./result-table.ts";
import type { ExecutionFlags } from "./run-options.ts";
import { tagSession } from "./session-tag.ts";
import type { Terminal } from "./terminal.ts";

/** So often a log says that the session still goes on. */
const HEARTBEAT_SECONDS = 300;
const MAX_TIMER_SECONDS = 7 * 86_400;

/** Runs the rows of a session under our meters and signals, tells what happens, and gives the exit code. */
export async function executeRows(
  flags: ExecutionFlags,
  terminal: Terminal,
  start: (options: SessionOptions) => Promise<SessionResult>,
): Promise<number> {
  const { tag, watchdog, environment } = tagSession(terminal);
  const display = sessionDisplay(terminal, {
    isQuiet: flags.quiet === true,
    heartbeatSeconds: heartbeatSeconds(flags.heartbeat),
  });
  const gifts = giftsToCaller(terminal);
  const onEvent = (event: SessionEvent): void => {
    gifts.onEvent(event);
    if (flags.events) terminal.out(`${JSON.stringify(eventToJson(event, new Date()))}\n`);
    display.onEvent(event);
  };
  const words = "Stopping: the training gets 10 s to end. Again to kill it now.";
  const common = {
    meters: allMeters(terminal.environment),
    environment,
    tag,
    onMark: watchdog.mark,
    onGovernors: watchdog.governors,
    recoverEnergy,
    onEvent,
    onReading: display.onReading,
  };
  const { result, interruptedBy } = await interruptible(display.terminal, { words }, async ({ signal, killSignal }) => {
    try {
      return await start({ ...common, signal, killSignal });
    } finally {
      await gifts.end();
      display.close();
    }
  });
  if (flags.json) terminal.out(`${JSON.stringify(resultToJson(result), undefined, 2)}\n`);
  else if (!flags.events) {
    terminal.out("\n");
    await printResults(result, terminal.out);
  }
  if (!flags.json && !flags.events && !flags.quiet) terminal.err(`Next: ${nextCommand(result, terminal)}\n`);
  if (interruptedBy) return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  return result.completed === result.planned ? EXIT.ok : EXIT.finishedWithFailures;
}

/** What makes sense after a session: its rest, its failures, or what it has found. */
function nextCommand(result: SessionResult, { workingDirectory }: Terminal): string {
  const { planned, completed, failed, suspect } = result;
  const session = relative(workingDirectory, result.directory) || ".";
  if (completed + failed + suspect < planned) return `ea resume ${session}`;
  if (failed > 0) return `ea resume ${session} --retry-failed, once ea log ID has shown why they failed`;
  return planned > 1 ? `ea report ${session}; ea best ${session}` : `ea report ${session}`;
}

/** Seconds of `--heartbeat`, 0: never. */
function heartbeatSeconds(text: string | undefined): number {
  if (text === undefined) return HEARTBEAT_SECONDS;
  const seconds = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (seconds >= 0 && seconds <= MAX_TIMER_SECONDS) return seconds;
  const message = `expected seconds, at least 0 and less than a week, found "${text}"`;
  throw configError([{ file: undefined, path: "--heartbeat", message }]);
}

/** @throws {RunnerError} `CONFIG` when both the document and the events are asked for. */
export function refuseTwoDocuments({ json, events }: ExecutionFlags): void {
  if (!json || !events) return;
  const message = "expected not both --json and --events: both write to stdout";
  throw configError([{ file: undefined, path: "--events", message }]);
}
