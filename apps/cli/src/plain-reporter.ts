import type { RecordJson } from "@ea/records";
import type { SessionEvent } from "@ea/runner";
import { energies, parameters, restText, seconds } from "./format.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Tells on stderr what happens, one line for each event that a person wants to know of; what only holds for a while is left
 * to a live display where there is one.
 */
export function plainReporter(
  terminal: Terminal,
  { isQuiet, isLive }: { readonly isQuiet: boolean; readonly isLive: boolean },
): (event: SessionEvent) => void {
  let planned = 0;
  const say = (text: string): void => {
    if (!isQuiet) terminal.err(`${text}\n`);
  };
  return (event) => {
    switch (event.type) {
      case "session-started":
        planned = event.planned;
        say(`Session ${event.session}: ${planned} runs, seed ${event.seed}`);
        if (event.ended > 0) say(`${event.ended} of them have ended before`);
        say(`Writing to ${event.directory}`);
        for (const { name, status, reason, fix } of event.sources) {
          say(
            `  ${name}: ${status === "ready" ? "ready" : `${status}, ${reason ?? "unknown"}${fix ? `; try: ${fix}` : ""}`}`,
          );
        }
        return;
      case "warning":
        terminal.err(`${terminal.paint("yellow", event.message)}\n`);
        return;
      case "attempt-failed": {
        const what = `  attempt ${event.attempt} failed (${event.failureClass}): ${event.message}`;
        say(`${terminal.paint("red", what)}${event.isRetried ? "; trying again" : ""}`);
        return;
      }
      case "sleeping":
        if (!isLive) say(terminal.paint("dim", `  ${restText(event)}`));
        return;
      case "warm-up-started":
        say(terminal.paint("dim", `  warm-up ${event.number}/${event.of}, which does not count`));
        return;
      case "warm-up-finished":
        if (event.attempt.status === "success") return;
        terminal.err(`${terminal.paint("yellow", `  the warm-up failed: ${event.attempt.error_message}`)}\n`);
        return;
      case "attempt-started":
        if (!isLive) say(terminal.paint("dim", startLine(event, planned)));
        return;
      case "cleaned-up":
        say(`  Cleaned up failed attempt directory: ${event.directory}`);
        return;
      case "row-finished":
        say(rowLine(event.record, planned, terminal));
        for (const message of warnings(event.record))
          terminal.err(`  ${terminal.paint("yellow", `warning: ${message}`)}\n`);
        return;
      case "row-interrupted":
        say(`Interrupted: row ${event.row.row} has not ended; its attempts are in ${event.directory}`);
        return;
      case "row-started":
      case "session-finished":
    }
  };
}

function startLine(
  { row, attempt }: Extract<SessionEvent, { readonly type: "attempt-started" }>,
  planned: number,
): string {
  const what = `${row.repository}/${row.model}  ${parameters(row.hyperparameters, row.mutated)}`;
  return `  run ${row.row + 1}/${planned} ${what}  attempt ${attempt} starts`;
}

/** What is worth a warning; two flags that say the same are one. */
function warnings({ flags }: RecordJson): ReadonlySet<string> {
  return new Set(flags.flatMap(({ severity, message }) => (severity === "info" ? [] : [message])));
}

/** One line for a finished row: what, how it ended, how long, which energies, which metrics. */
export function rowLine(record: RecordJson, planned: number, terminal: Terminal): string {
  const colour = { success: "green", failed: "red", suspect: "yellow" } as const;
  const metrics = Object.entries(record.performance_metrics).map(([name, value]) => `${name} ${value}`);
  const parts = [
    `[${record.row + 1}/${planned}] ${record.repository}/${record.model}`,
    parameters(record.hyperparameters, record.mutated),
    `${terminal.paint(colour[record.status], record.status)} in ${seconds(record.duration_seconds)}`,
    record.retries > 0 ? `${record.retries} retries` : "",
    energies(record),
    metrics.join(", "),
  ];
  return parts.filter((part) => part !== "").join("  ");
}
