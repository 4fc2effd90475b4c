import { join } from "node:path";
import {
  type AttemptJson,
  attemptToJson,
  findRecord,
  type PlanRow,
  toJsonText,
  writeFileAtomically,
} from "@ea/records";
import { runAttempt } from "./attempt.ts";
import { type EndedRow, rowDirectory } from "./ended-rows.ts";
import { passGate } from "./gate.ts";
import { numberedDirectory } from "./numbered-directory.ts";
import { restBetween } from "./rest.ts";
import { type RowsContext, rowRequest } from "./row-request.ts";
import type { OpenSession } from "./session-options.ts";
import { restContext } from "./visit-row.ts";

/** A row that ran beside others, and once more alone. */
interface IsolatedRun {
  readonly row: number;
  readonly experiment_id: string;
  readonly directory: string;
  readonly status: AttemptJson["status"];
  /** Joules of its GPUs; `null` where one of them has none. */
  readonly gpu_joules: Compared;
  readonly duration_seconds: Compared;
}

interface Compared {
  readonly beside_others: number | null;
  readonly alone: number | null;
  /** What running beside others has added, as a share of what it takes alone. */
  readonly bias: number | null;
}

/**
 * Trains some rows that have succeeded once more, now that nothing runs beside them: what differs is what the slots have
 * cost. These trainings have directories of their own and no part in any table; `isolated.json` has the comparison.
 *
 * @returns a sentence about it; `undefined` when nothing could be compared.
 */
export async function isolatedRuns(
  session: OpenSession,
  context: RowsContext,
  ended: ReadonlyMap<number, EndedRow>,
): Promise<string | undefined> {
  const { settings, plan, directory } = session;
  const rows = spread(
    plan.rows.filter(({ row }) => ended.get(row)?.status === "success"),
    context.isolatedRuns ?? 0,
  );
  const runs: IsolatedRun[] = [];
  let previous: PlanRow | undefined;
  for (const row of rows) {
    await restBetween(previous ?? row, row, context.idle, restContext(session, context));
    if (context.signal.aborted || context.stop.isAsked()) break;
    previous = row;
    const own = await numberedDirectory(directory, "isolated");
    const request = await rowRequest(row, own, session, context, { ended, flags: [] });
    const flags = await passGate(request.meters, settings.gate, { ...request });
    const { attempt } = await runAttempt({
      ...request,
      attempt: 1,
      flags,
      timeoutSeconds: settings.timeoutSeconds,
      stallSeconds: settings.stallSeconds,
      isWatched: settings.gate !== "off",
    });
    const record = await findRecord(rowDirectory(directory, row));
    if (record) runs.push(comparison(row, own, record.attempts.at(-1), attemptToJson(attempt)));
  }
  if (runs.length === 0) return undefined;
  await writeFileAtomically(join(directory, "isolated.json"), toJsonText({ schema_version: 1, runs }));
  return sentence(runs);
}

/** Some of the rows, evenly over all of them. */
function spread(rows: readonly PlanRow[], count: number): readonly PlanRow[] {
  const wanted = Math.min(count, rows.length);
  return Array.from({ length: wanted }, (_, index) => rows[Math.floor(((index + 0.5) * rows.length) / wanted)]).filter(
    (row) => row !== undefined,
  );
}

function comparison(row: PlanRow, directory: string, beside: AttemptJson | undefined, alone: AttemptJson): IsolatedRun {
  return {
    row: row.row,
    experiment_id: row.experimentId,
    directory,
    status: alone.status,
    gpu_joules: compared(gpuJoules(beside), gpuJoules(alone)),
    duration_seconds: compared(beside?.duration_seconds ?? null, alone.duration_seconds),
  };
}

function compared(beside: number | null, alone: number | null): Compared {
  const bias = beside === null || alone === null || alone <= 0 ? null : beside / alone - 1;
  return { beside_others: beside, alone, bias };
}

function gpuJoules(attempt: AttemptJson | undefined): number | null {
  const gpus = attempt?.energy.filter(({ name }) => name === "gpu") ?? [];
  if (gpus.length === 0) return null;
  return gpus.reduce<number | null>((sum, { value }) => (sum === null || value === null ? null : sum + value), 0);
}

function sentence(runs: readonly IsolatedRun[]): string | undefined {
  const good = runs.filter(({ status }) => status === "success");
  const parts = [
    ["GPU energy", good.flatMap((run) => run.gpu_joules.bias ?? [])] as const,
    ["time", good.flatMap((run) => run.duration_seconds.bias ?? [])] as const,
  ].flatMap(([what, biases]) => {
    if (biases.length === 0) return [];
    const mean = (100 * biases.reduce((sum, bias) => sum + bias, 0)) / biases.length;
    return [`${mean >= 0 ? "+" : "−"}${Math.abs(mean).toFixed(1)} % ${what} (n = ${biases.length})`];
  });
  return parts.length === 0 ? undefined : `Beside others, runs took ${parts.join(", ")} against the same runs alone`;
}
