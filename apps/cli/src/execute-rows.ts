import {
  configError,
  eventToJson,
  resultToJson,
  type SessionEvent,
  type SessionOptions,
  type SessionResult,
} from "@ea/runner";
import { EXIT } from "./exit-codes.ts";
import { interruptible } from "./interruptible.ts";
import { allMeters } from "./meters.ts";
import { recoverEnergy } from "./parse/recover-energy.ts";
import { plainReporter } from "./plain-reporter.ts";
import { printResults } from "./result-table.ts";
import type { ExecutionFlags } from "./run-options.ts";
import { tagSession } from "./session-tag.ts";
import type { Terminal } from "./terminal.ts";

/** Runs the rows of a session under our meters and signals, tells what happens, and gives the exit code. */
export async function executeRows(
  flags: ExecutionFlags,
  terminal: Terminal,
  start: (options: SessionOptions) => Promise<SessionResult>,
): Promise<number> {
  const { tag, watchdog, environment } = tagSession(terminal);
  const report = plainReporter(terminal, { isQuiet: flags.quiet === true });
  const onEvent = (event: SessionEvent): void => {
    if (flags.events) terminal.out(`${JSON.stringify(eventToJson(event, new Date()))}\n`);
    report(event);
  };
  const words = "Stopping: the training gets 10 s to end. Again to kill it now.";
  const { result, interruptedBy } = await interruptible(terminal, { words }, ({ signal, killSignal }) =>
    start({
      meters: allMeters(terminal.environment),
      environment,
      tag,
      onMark: watchdog.mark,
      recoverEnergy,
      onEvent,
      signal,
      killSignal,
    }),
  );
  if (flags.json) terminal.out(`${JSON.stringify(resultToJson(result), undefined, 2)}\n`);
  else if (!flags.events) {
    terminal.out("\n");
    await printResults(result, terminal.out);
  }
  if (interruptedBy) return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  return result.completed === result.planned ? EXIT.ok : EXIT.finishedWithFailures;
}

/** @throws {RunnerError} `CONFIG` when both the document and the events are asked for. */
export function refuseTwoDocuments({ json, events }: ExecutionFlags): void {
  if (!json || !events) return;
  const message = "expected not both --json and --events: both write to stdout";
  throw configError([{ file: undefined, path: "--events", message }]);
}
