import { attemptToJson, type PlanRow } from "@ea/records";
import { runAttempt } from "./attempt.ts";
import { passGate } from "./gate.ts";
import { numberedDirectory } from "./numbered-directory.ts";
import { restBetween } from "./rest.ts";
import { type RowsContext, rowRequest } from "./row-request.ts";
import type { OpenSession } from "./session-options.ts";
import { restContext, sideDirectory } from "./visit-row.ts";

/**
 * Trains the first row that is left, as often as the settings say, before any row counts: files come into the page cache,
 * the driver loads, the machine is as warm for the first row as for the others. Such a training has a directory of its own
 * and its `attempt.json` with the energy, no record, and no part in any table or rate. One that fails is told, no more.
 *
 * @returns what was trained, after which a row rests as after another one; `undefined` for nothing.
 */
export async function warmUp(
  left: readonly PlanRow[],
  session: OpenSession,
  context: RowsContext,
): Promise<PlanRow | undefined> {
  const { settings } = session;
  const { signal, stop, onEvent } = context;
  const [row] = left;
  if (!row) return undefined;
  let trained: PlanRow | undefined;
  for (let number = 1; number <= settings.warmUp; number += 1) {
    await restBetween(trained, row, context.idle, restContext(session, context));
    if (signal.aborted || stop.isAsked()) break;
    const directory = await numberedDirectory(sideDirectory(session), "warm_up");
    const request = await rowRequest(row, directory, session, context, { ended: new Map(), flags: [] });
    const flags = await passGate(request.meters, settings.gate, { ...request, slotsTag: request.slot?.tag });
    if (signal.aborted) break;
    onEvent({ type: "warm-up-started", row, number, of: settings.warmUp, directory });
    const { attempt } = await runAttempt({
      ...request,
      attempt: 1,
      flags,
      timeoutSeconds: settings.timeoutSeconds,
      stallSeconds: settings.stallSeconds,
      isWatched: settings.gate !== "off",
    });
    trained = row;
    onEvent({ type: "warm-up-finished", row, number, attempt: attemptToJson(attempt) });
  }
  return trained;
}
