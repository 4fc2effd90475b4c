import type { AttemptRequest } from "./attempt-request.ts";

/** What a training may know about the run that it is. */
export function runVariables(
  {
    row,
    attempt,
    sessionDirectory,
    rowDirectory,
  }: Pick<AttemptRequest, "row" | "attempt" | "sessionDirectory" | "rowDirectory">,
  directory: string,
): Record<string, string> {
  return {
    EARUN_EXPERIMENT_ID: row.experimentId,
    EARUN_ROW: String(row.row),
    EARUN_REPETITION: String(row.repetition),
    EARUN_ATTEMPT_NUMBER: String(attempt),
    EARUN_SESSION_DIRECTORY: sessionDirectory,
    EARUN_ROW_DIRECTORY: rowDirectory,
    EARUN_ATTEMPT_DIRECTORY: directory,
  };
}
