import { relative } from "node:path";
import {
  configError,
  eventToJson,
  Preemption,
  resultToJson,
  type SessionEvent,
  type SessionOptions,
  type SessionResult,
  slurmScheduler,
} from "@ea/runner";
import { EXIT } from "./exit-codes.ts";
import { giftsToCaller } from "./give-to-caller.ts";
import { interruptible, type StopSignal } from "./interruptible.ts";
import { sessionDisplay } from "./live/session-display.ts";
import { recoverEnergy } from "./parse/recover-energy.ts";
import { printResults } from "./result-table.ts";
import type { ExecutionFlags } from "./run-options.ts";
import { tagSession } from "./session-tag.ts";
import { metersOf } from "./slots/slot-meters.ts";
import { slotOf } from "./slots/slot-variables.ts";
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
  const slot = slotOf(terminal.environment);
  const { tag, watchdog, environment } = tagSession(terminal);
  const display = sessionDisplay(terminal, {
    isQuiet: flags.quiet === true,
    heartbeatSeconds: heartbeatSeconds(flags.heartbeat),
  });
  const gifts = giftsToCaller(terminal);
  let hasBegun = false;
  const onEvent = (event: SessionEvent): void => {
    if (event.type === "session-started") hasBegun = true;
    gifts.onEvent(event);
    if (flags.events) terminal.out(`${JSON.stringify(eventToJson(event, new Date()))}\n`);
    display.onEvent(event);
  };
  const scheduler = slurmScheduler(environment);
  const words = "Stopping: the training gets 10 s to end. Again to kill it now.";
  const common = {
    meters: metersOf(terminal.environment, slot),
    slot,
    environment,
    tag,
    onMark: watchdog.mark,
    onGovernors: watchdog.governors,
    recoverEnergy,
    onEvent,
    onReading: display.onReading,
    scheduler,
  };
  const stops = scheduler ? { words, heedsUsr2: true, reasonOf: preemptionBy } : { words };
  const { result, interruptedBy } = await interruptible(display.terminal, stops, async ({ signal, killSignal }) => {
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
  if (!flags.json && !flags.events && !flags.quiet) {
    const { sessionLines } = await import("./audit/session-lines.ts");
    const { audit, analysis } = await sessionLines(result.directory);
    if (analysis !== undefined) terminal.err(`${analysis}\n`);
    if (audit) terminal.err(`${terminal.paint(audit.hasErrors ? "red" : "yellow", audit.line)}\n`);
    terminal.err(`Next: ${nextCommand(result, audit?.hasErrors === true, terminal)}\n`);
  }
  if (interruptedBy) return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  return isWell(result, { hasBegun }) ? EXIT.ok : EXIT.finishedWithFailures;
}

/**
 * Whether every row has succeeded. What others have is not missing where rows were claimed as they came; where exactly these
 * rows were asked for and all had ended before, there was nothing to fail in.
 */
function isWell({ planned, completed, leftToOthers, summary }: SessionResult, done: { readonly hasBegun: boolean }) {
  return summary === undefined ? !done.hasBegun || completed === planned : completed + leftToOthers === planned;
}

/** Of a job's signals, SIGUSR2 comes when its time is nearly over; a user at a terminal presses Ctrl-C. */
function preemptionBy(signal: StopSignal): Preemption | undefined {
  if (signal === "SIGINT") return undefined;
  return new Preemption(signal === "SIGUSR2" ? "time-limit" : "preempt");
}

/** What makes sense after a session: its rest, its failures, what speaks against it, or what it has found. */
function nextCommand(result: SessionResult, isDoubtful: boolean, { workingDirectory }: Terminal): string {
  const { planned, completed, failed, suspect } = result;
  const session = relative(workingDirectory, result.directory) || ".";
  if (completed + failed + suspect < planned) return `ea resume ${session}`;
  if (failed > 0) return `ea resume ${session} --retry-failed, once ea log ID has shown why they failed`;
  if (isDoubtful) return `ea audit ${session}`;
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
