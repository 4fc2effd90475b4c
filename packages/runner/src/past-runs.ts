import { readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { epochsOf } from "@ea/energy";
import { findRecord, type PlanRow, type RecordJson, RecordsError, safeName } from "@ea/records";

/** Sessions that are looked at, from the newest on. */
const MOST_SESSIONS = 200;
/** Records that are read of one model: so many tell enough, and thousands would take seconds. */
const MOST_RECORDS = 200;
/** Energies that add up to what a run has used: none is part of another, and none is an estimate. */
const ENERGIES = ["cpu_package", "dram", "gpu"];

/** A successful run of before. */
export interface PastRun {
  readonly durationSeconds: number;
  /** `undefined` where no hyperparameter says how many. */
  readonly epochs: number | undefined;
  /** Whole measured joules by the name of the quantity, over all devices. */
  readonly joules: Readonly<Record<string, number>>;
}

/** Which runs are of one kind of training. */
export type PastRunKind = Pick<PlanRow, "repository" | "model" | "background"> & {
  readonly scriptSha256: string | null;
};

/**
 * Successful runs of the same model, beside the same load, with the same training script on this host, in the sessions of a
 * results directory: of the newest records, so that it takes no longer with thousands of them.
 */
export async function pastRuns(results: string, kind: PastRunKind): Promise<readonly PastRun[]> {
  const sessions = (await directoriesIn(results)).sort().toReversed().slice(0, MOST_SESSIONS);
  const ofModel = new RegExp(`^\\d+_${escaped(kind.repository)}_${escaped(kind.model)}_[0-9a-f]{8}$`);
  const runs: PastRun[] = [];
  let read = 0;
  for (const session of sessions) {
    const rows = (await directoriesIn(join(results, session))).filter((name) => ofModel.test(name));
    const newest = rows.sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10)).slice(0, MOST_RECORDS - read);
    read += newest.length;
    const records = await Promise.all(newest.map((row) => readableRecord(join(results, session, row))));
    runs.push(...records.flatMap((record) => (record && isOfKind(record, kind) ? [pastRun(record)] : [])));
    if (read >= MOST_RECORDS) break;
  }
  return runs;
}

async function directoriesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []); // none yet, or nobody's business
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function escaped(name: string): string {
  return safeName(name).replaceAll(/[.-]/g, "\\$&");
}

/** A record that is damaged or too new says nothing about how long another run takes. */
async function readableRecord(rowDirectory: string): Promise<RecordJson | undefined> {
  return findRecord(rowDirectory).catch((error: unknown) => {
    if (error instanceof RecordsError) return undefined;
    throw error;
  });
}

function isOfKind(record: RecordJson, { repository, model, background, scriptSha256 }: PastRunKind): boolean {
  return (
    record.status === "success" &&
    record.repository === repository &&
    record.model === model &&
    record.background?.key === background?.key &&
    scriptSha256 !== null &&
    record.environment.repository.script_sha256 === scriptSha256 &&
    record.environment.host === hostname()
  );
}

function pastRun({ duration_seconds: durationSeconds, hyperparameters, energy }: RecordJson): PastRun {
  const joules: Record<string, number> = {};
  for (const name of ENERGIES) {
    const own = energy.filter((quantity) => quantity.name === name);
    const values = own.flatMap(({ value, quality }) =>
      value === null || quality === "estimated" || quality === "partial" ? [] : [value],
    );
    if (own.length > 0 && values.length === own.length) joules[name] = values.reduce((sum, value) => sum + value, 0);
  }
  return { durationSeconds, epochs: epochsOf(hyperparameters), joules };
}
