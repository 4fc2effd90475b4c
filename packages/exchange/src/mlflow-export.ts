import type { RecordJson } from "@ea/records";
import { ExchangeError } from "./errors.ts";
import { type MlflowClient, type MlflowServer, member, members, mlflowClient } from "./mlflow-client.ts";
import { type MlflowRun, mlflowRun } from "./mlflow-run.ts";
import { runFacts } from "./run-facts.ts";

/** Records that become runs of one experiment. */
export interface MlflowSession {
  readonly session: string;
  readonly records: Iterable<RecordJson> | AsyncIterable<RecordJson>;
  /** Name of the experiment. @default the session's */
  readonly experiment?: string | undefined;
}

/** What an export has done. */
export interface MlflowOutcome {
  readonly created: number;
  /** Runs of before whose record has changed, or that were not complete: in MLflow's trash, and made again. */
  readonly replaced: number;
  readonly unchanged: number;
}

/** Entries of a request: MLflow takes 1000 metrics, 100 parameters and 100 tags, and 1 MB. */
const LIMITS = { metrics: 500, params: 50, tags: 50 } as const;

/**
 * Writes records into MLflow: an experiment for each session, a run for each record. A run is found again by its tag
 * `ea.run_id`, so that to export twice changes nothing.
 *
 * @throws {ExchangeError} `BAD_REQUEST`, `UNREACHABLE`, `UNAUTHORISED`, `REFUSED`.
 */
export async function mlflowExport(sessions: Iterable<MlflowSession>, server: MlflowServer): Promise<MlflowOutcome> {
  const ask = mlflowClient(server);
  const counts = { created: 0, replaced: 0, unchanged: 0 };
  for (const { session, records, experiment = session } of sessions) {
    const experimentId = await experimentOf(ask, experiment);
    for await (const record of records) {
      counts[await exportRun(ask, experimentId, mlflowRun(runFacts(record, session)))] += 1;
    }
  }
  return counts;
}

async function experimentOf(ask: MlflowClient, name: string): Promise<string> {
  const found = members(await ask("GET", "experiments/get-by-name", { experiment_name: name }))["experiment"];
  if (member(found, "lifecycle_stage") === "deleted") {
    const message = `MLflow: experiment "${name}" is deleted: restore it, or give another name`;
    throw new ExchangeError("REFUSED", message);
  }
  const id = found ?? (await ask("POST", "experiments/create", { name }));
  return required(id, "experiment_id");
}

async function exportRun(ask: MlflowClient, experimentId: string, run: MlflowRun): Promise<keyof MlflowOutcome> {
  const search = { experiment_ids: [experimentId], filter: `tags."ea.run_id" = '${run.id}'`, max_results: 100 };
  const runs = members(await ask("POST", "runs/search", search))["runs"];
  const known = Array.isArray(runs) ? runs.map(knownRun) : [];
  const kept = known.find(({ digest }) => digest === run.digest);
  const old = known.filter((each) => each !== kept);
  for (const { id } of old) await ask("POST", "runs/delete", { run_id: id });
  if (kept) return "unchanged";
  await createRun(ask, experimentId, run);
  return old.length > 0 ? "replaced" : "created";
}

function knownRun(run: unknown): { readonly id: string; readonly digest: string | undefined } {
  const { info, data } = members(run);
  const { tags } = members(data);
  const digest = Array.isArray(tags) ? tags.find((tag) => member(tag, "key") === "ea.digest") : undefined;
  return { id: required(info, "run_id"), digest: member(digest, "value") };
}

async function createRun(ask: MlflowClient, experimentId: string, run: MlflowRun): Promise<void> {
  const created = await ask("POST", "runs/create", {
    experiment_id: experimentId,
    run_name: run.name,
    start_time: run.startMs,
    tags: [{ key: "ea.run_id", value: run.id }],
  });
  const run_id = required(members(members(created)["run"])["info"], "run_id");
  for (const kind of ["params", "tags", "metrics"] as const) {
    const entries: readonly unknown[] = run[kind];
    for (let start = 0; start < entries.length; start += LIMITS[kind]) {
      await ask("POST", "runs/log-batch", { run_id, [kind]: entries.slice(start, start + LIMITS[kind]) });
    }
  }
  await ask("POST", "runs/update", { run_id, status: run.status, end_time: run.endMs });
  // Last: a run without it was not written to its end
  await ask("POST", "runs/set-tag", { run_id, key: "ea.digest", value: run.digest });
}

function required(object: unknown, name: string): string {
  const value = member(object, name);
  if (value === undefined) throw new ExchangeError("REFUSED", `MLflow: expected ${name} in its answer, found none`);
  return value;
}
