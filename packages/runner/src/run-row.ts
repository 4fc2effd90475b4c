import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type AttemptJson,
  attemptToJson,
  type BackgroundJson,
  type Environment,
  type Flag,
  type RecordJson,
  recordOfAttempts,
  writeRecord,
} from "@ea/records";
import { runAttempt } from "./attempt.ts";
import type { AttemptRequest } from "./attempt-request.ts";
import { earlierAttempts, type RecoverEnergy } from "./earlier-attempts.ts";
import type { OnEvent } from "./events.ts";
import { passGate } from "./gate.ts";
import type { MachineMemory } from "./machine-memory.ts";
import { isRetried, retriesUsed, retrySleep } from "./retry-policy.ts";
import type { Settings } from "./settings.ts";

/** A row and everything its attempts share. */
export interface RowRequest
  extends Omit<AttemptRequest, "attempt" | "flags" | "timeoutSeconds" | "stallSeconds" | "isWatched"> {
  readonly settings: Settings;
  readonly environmentFacts: Environment;
  /** What is beside every attempt, for the record; in mode `parallel`. */
  readonly backgroundFacts?: BackgroundJson | undefined;
  /** What a reader of the row's record should know whatever its attempts did; asked when the row has ended. */
  readonly rowFlags?: (() => Promise<readonly Flag[]>) | undefined;
  readonly recoverEnergy: RecoverEnergy;
  /** What the gate remembers of the session's earlier attempts. @default nothing */
  readonly memory?: MachineMemory | undefined;
  readonly onEvent: OnEvent;
}

/** A row that has ended; without a record when it was interrupted. */
export interface FinishedRow {
  readonly record: RecordJson | undefined;
  readonly path: string | undefined;
}

/**
 * Executes a row: attempts until one succeeds or no other can help, then its record. Goes on after the attempts that
 * processes before this one have made, and only writes the record when they had decided already.
 */
export async function runRow(request: RowRequest): Promise<FinishedRow> {
  const { row, settings, rowDirectory, onEvent, clock, signal } = request;
  await mkdir(rowDirectory, { recursive: true });
  onEvent({ type: "row-started", row });
  const { all, undecided } = await earlierAttempts(rowDirectory, row, request.recoverEnergy);
  const attempts = [...all];
  if (isDecided(undecided, settings)) return finish(request, attempts);
  let failures = retriesUsed(undecided);
  let networkFailures = 0;
  for (let number = (attempts.at(-1)?.attempt ?? 0) + 1; ; number += 1) {
    const flags = await passGate(request.meters, settings.gate, { ...request, slotsTag: request.slot?.tag });
    // Interrupted while it waited for its first attempt or for another one that was due
    if (signal.aborted) return interrupted(request);
    onEvent({ type: "attempt-started", row, attempt: number, directory: join(rowDirectory, `attempt_${number}`) });
    const { attempt, spawnError, isNetworkFailure } = await runAttempt({
      ...request,
      attempt: number,
      flags,
      timeoutSeconds: settings.timeoutSeconds,
      stallSeconds: settings.stallSeconds,
      isWatched: settings.gate !== "off",
    });
    attempts.push(attemptToJson(attempt));
    const { failureClass, errorMessage } = attempt;
    if (failureClass === undefined) return finish(request, attempts);
    failures += 1;
    const isDue =
      failures <= settings.maxRetries && isRetried(failureClass, { retryTimeouts: settings.retryTimeouts, spawnError });
    const again = isDue && !signal.aborted;
    onEvent({ type: "attempt-failed", row, attempt: number, failureClass, message: errorMessage, isRetried: again });
    if (failureClass === "interrupted" || failureClass === "preempted") return interrupted(request);
    if (!isDue) return finish(request, attempts);
    if (again && settings.sleep && settings.retrySleepSeconds > 0) {
      networkFailures = isNetworkFailure ? networkFailures + 1 : 0;
      const seconds = retrySleep(settings.retrySleepSeconds, networkFailures);
      onEvent({ type: "sleeping", seconds, reason: "retry" });
      await clock.sleep(seconds, signal);
    }
  }
}

/** Whether the attempts of an earlier process have ended their row, so that only its record is missing. */
function isDecided(attempts: readonly AttemptJson[], { maxRetries, retryTimeouts }: Settings): boolean {
  const last = attempts.at(-1);
  if (!last) return false;
  const { failure_class: failureClass } = last;
  if (failureClass === null) return true;
  if (failureClass === "interrupted" || failureClass === "preempted") return false;
  return retriesUsed(attempts) > maxRetries || !isRetried(failureClass, { retryTimeouts });
}

/** An interrupted row has not ended: it has its attempts, and runs again. */
function interrupted({ row, rowDirectory, onEvent }: RowRequest): FinishedRow {
  onEvent({ type: "row-interrupted", row, directory: rowDirectory });
  return { record: undefined, path: undefined };
}

async function finish(request: RowRequest, attempts: readonly AttemptJson[]): Promise<FinishedRow> {
  const { row, rowDirectory, onEvent, settings, environmentFacts: environment } = request;
  const [first, ...more] = attempts;
  if (!first) throw new RangeError("a row has at least one attempt");
  const flags = (await request.rowFlags?.()) ?? [];
  const record = recordOfAttempts([first, ...more], { row, environment, flags, background: request.backgroundFacts });
  const path = await writeRecord(rowDirectory, record);
  if (record.status === "success" && !settings.keepFailed) {
    for (const { attempt, status } of attempts) {
      if (status === "failed") await cleanUp(request, join(rowDirectory, `attempt_${attempt}`));
    }
  }
  onEvent({ type: "row-finished", row, record, path });
  return { record, path };
}

async function cleanUp({ row, onEvent }: RowRequest, directory: string): Promise<void> {
  try {
    if (await removeRawFiles(directory)) onEvent({ type: "cleaned-up", row, directory });
  } catch (error) {
    // The record is written and right; files that stay are no reason to end the session
    const message = `could not clean up ${directory}: ${error instanceof Error ? error.message : String(error)}`;
    onEvent({ type: "warning", code: "clean-up", message });
  }
}

/** The raw files go; `attempt.json`, with the energy that the failure has cost, stays. */
async function removeRawFiles(directory: string): Promise<boolean> {
  const names = (await readdir(directory)).filter((name) => name !== "attempt.json");
  for (const name of names) await rm(join(directory, name), { recursive: true, force: true });
  return names.length > 0;
}
