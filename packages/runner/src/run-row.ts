import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Attempt, type Environment, outcomeToJson, type RecordJson, writeRecord } from "@ea/records";
import { type AttemptRequest, runAttempt } from "./attempt.ts";
import type { OnEvent } from "./events.ts";
import { passGate } from "./gate.ts";
import { isRetried } from "./retry-policy.ts";
import type { Settings } from "./settings.ts";

/** A row and everything its attempts share. */
export interface RowRequest extends Omit<AttemptRequest, "attempt" | "flags" | "timeoutSeconds"> {
  readonly settings: Settings;
  readonly environmentFacts: Environment;
  readonly onEvent: OnEvent;
}

/** A row that has ended, or `undefined` record when it was interrupted. */
export interface FinishedRow {
  readonly record: RecordJson | undefined;
  readonly path: string | undefined;
  readonly last: Attempt;
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
    onEvent({ type: "attempt-started", row, attempt: number, directory: join(rowDirectory, `attempt_${number}`) });
    const { attempt, directory, spawnError } = await runAttempt({
      ...request,
      attempt: number,
      flags,
      timeoutSeconds: settings.timeoutSeconds,
    });
    attempts.push(attempt);
    const { failureClass } = attempt;
    if (failureClass === undefined) break;
    failedDirectories.push(directory);
    const again =
      number <= settings.maxRetries &&
      !signal.aborted &&
      isRetried(failureClass, { retryTimeouts: settings.retryTimeouts, spawnError });
    onEvent({
      type: "attempt-failed",
      row,
      attempt: number,
      failureClass,
      message: attempt.errorMessage,
      isRetried: again,
    });
    if (!again) break;
    if (settings.sleep && settings.retrySleepSeconds > 0) {
      onEvent({ type: "sleeping", seconds: settings.retrySleepSeconds, reason: "retry" });
      await clock.sleep(settings.retrySleepSeconds, signal);
    }
    if (signal.aborted) break;
  }
  return finish(request, attempts, failedDirectories);
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
  // An interrupted row has not ended: it has its attempts, and runs again
  if (last.failureClass === "interrupted") {
    onEvent({ type: "row-interrupted", row, directory: rowDirectory });
    return { record: undefined, path: undefined, last };
  }
  const record = outcomeToJson({ row, attempts: [first, ...more], environment: environmentFacts, flags: [] });
  const path = await writeRecord(rowDirectory, record);
  if (last.status === "success" && !settings.keepFailed) {
    for (const directory of failed) {
      await removeRawFiles(directory);
      onEvent({ type: "cleaned-up", row, directory });
    }
  }
  onEvent({ type: "row-finished", row, record, path });
  return { record, path, last };
}

/** The raw files go; `attempt.json`, with the energy that the failure has cost, stays. */
async function removeRawFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name !== "attempt.json") await rm(join(directory, name), { recursive: true, force: true });
  }
}
