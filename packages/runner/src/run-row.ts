import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Attempt, type Environment, outcomeToJson, type RecordJson, writeRecord } from "@ea/records";
import { runAttempt } from "./attempt.ts";
import type { AttemptRequest } from "./attempt-request.ts";
import type { OnEvent } from "./events.ts";
import { passGate } from "./gate.ts";
import { isRetried } from "./retry-policy.ts";
import type { Settings } from "./settings.ts";

/** A row and everything its attempts share. */
export interface RowRequest
  extends Omit<AttemptRequest, "attempt" | "flags" | "timeoutSeconds" | "stallSeconds" | "isWatched"> {
  readonly settings: Settings;
  readonly environmentFacts: Environment;
  readonly onEvent: OnEvent;
}

/** A row that has ended; without a record when it was interrupted. */
export interface FinishedRow {
  readonly record: RecordJson | undefined;
  readonly path: string | undefined;
  /** `undefined` when it was interrupted before its first attempt. */
  readonly last: Attempt | undefined;
}

/** Executes a row: attempts until one succeeds or no other can help, then its record. */
export async function runRow(request: RowRequest): Promise<FinishedRow> {
  const { row, settings, rowDirectory, onEvent, clock, signal } = request;
  await mkdir(rowDirectory, { recursive: true });
  onEvent({ type: "row-started", row });
  const attempts: Attempt[] = [];
  const failedDirectories: string[] = [];
  for (let number = 1; ; number += 1) {
    const flags = await passGate(request.meters, settings.gate, request);
    // Interrupted while it waited for its first attempt or for another one that was due
    if (signal.aborted) return interrupted(request, attempts.at(-1));
    onEvent({ type: "attempt-started", row, attempt: number, directory: join(rowDirectory, `attempt_${number}`) });
    const { attempt, directory, spawnError } = await runAttempt({
      ...request,
      attempt: number,
      flags,
      timeoutSeconds: settings.timeoutSeconds,
      stallSeconds: settings.stallSeconds,
      isWatched: settings.gate !== "off",
    });
    attempts.push(attempt);
    const { failureClass, errorMessage } = attempt;
    if (failureClass === undefined) return finish(request, attempts, failedDirectories);
    failedDirectories.push(directory);
    const isDue =
      number <= settings.maxRetries && isRetried(failureClass, { retryTimeouts: settings.retryTimeouts, spawnError });
    const again = isDue && !signal.aborted;
    onEvent({ type: "attempt-failed", row, attempt: number, failureClass, message: errorMessage, isRetried: again });
    if (failureClass === "interrupted") return interrupted(request, attempt);
    if (!isDue) return finish(request, attempts, failedDirectories);
    if (again && settings.sleep && settings.retrySleepSeconds > 0) {
      onEvent({ type: "sleeping", seconds: settings.retrySleepSeconds, reason: "retry" });
      await clock.sleep(settings.retrySleepSeconds, signal);
    }
  }
}

/** An interrupted row has not ended: it has its attempts, and runs again. */
function interrupted({ row, rowDirectory, onEvent }: RowRequest, last: Attempt | undefined): FinishedRow {
  onEvent({ type: "row-interrupted", row, directory: rowDirectory });
  return { record: undefined, path: undefined, last };
}

async function finish(
  request: RowRequest,
  attempts: readonly Attempt[],
  failed: readonly string[],
): Promise<FinishedRow> {
  const { row, rowDirectory, onEvent, settings, environmentFacts } = request;
  const [first, ...more] = attempts;
  if (!first) throw new RangeError("a row has at least one attempt");
  const last = attempts.at(-1) ?? first;
  const record = outcomeToJson({ row, attempts: [first, ...more], environment: environmentFacts, flags: [] });
  const path = await writeRecord(rowDirectory, record);
  if (last.status === "success" && !settings.keepFailed) {
    for (const directory of failed) await cleanUp(request, directory);
  }
  onEvent({ type: "row-finished", row, record, path });
  return { record, path, last };
}

async function cleanUp({ row, onEvent }: RowRequest, directory: string): Promise<void> {
  try {
    await removeRawFiles(directory);
    onEvent({ type: "cleaned-up", row, directory });
  } catch (error) {
    // The record is written and right; files that stay are no reason to end the session
    const message = `could not clean up ${directory}: ${error instanceof Error ? error.message : String(error)}`;
    onEvent({ type: "warning", code: "clean-up", message });
  }
}

/** The raw files go; `attempt.json`, with the energy that the failure has cost, stays. */
async function removeRawFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name !== "attempt.json") await rm(join(directory, name), { recursive: true, force: true });
  }
}
