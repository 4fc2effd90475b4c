import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PublishedJson } from "@ea/records";
import { differencesOf } from "./differences.ts";
import { type NotRead, type OriginalFiles, reasonOf } from "./find-originals.ts";
import { isOriginalRecord, type OriginalRecord, publishedRecord, readOriginalRecord } from "./original-record.ts";
import { runEnergy } from "./run-energy.ts";
import { readRunName } from "./run-name.ts";
import type { RunFacts } from "./run-record.ts";
import { runTimes } from "./run-times.ts";
import { judgeRun } from "./verdict.ts";

/** A record larger than this is none of the original's. */
const MAX_RECORD_BYTES = 4 * 2 ** 20;

/** The record of a run as it was read, before anything else of it. */
export interface ReadRecord {
  readonly text: string;
  /** `undefined` where there is none that can be read. */
  readonly record: OriginalRecord | undefined;
  readonly notRead: readonly NotRead[];
  /** Whether the file is something else: then this is no run. */
  readonly isForeign: boolean;
}

/** Reads the record of a run. */
export async function readRecordFile(root: string, files: OriginalFiles): Promise<ReadRecord> {
  const { record: file } = files;
  if (file === undefined) return { text: "", record: undefined, notRead: [], isForeign: false };
  const broken = (reason: string, isForeign = false, text = ""): ReadRecord => {
    return { text, record: undefined, notRead: [{ file, reason }], isForeign };
  };
  let text: string;
  try {
    text = await readSmallFile(join(root, file));
  } catch (error) {
    return broken(reasonOf(error));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return broken(`expected JSON: ${reasonOf(error)}`, false, text);
  }
  if (!isOriginalRecord(json)) return broken("no record of the original", true, text);
  const record = readOriginalRecord(json);
  return { text, record, notRead: record.problems.map((reason) => ({ file, reason })), isForeign: false };
}

async function readSmallFile(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error("expected a file");
    if (stats.size > MAX_RECORD_BYTES)
      throw new Error(`expected at most ${MAX_RECORD_BYTES} bytes, found ${stats.size}`);
    return await readFile(file, "utf8");
  } finally {
    await file.close();
  }
}

/** What is known beside the run's own files. */
export interface RunContext {
  readonly root: string;
  /** Rows of tables that mean this run. */
  readonly rows: readonly PublishedJson[];
  /** Minutes that the wall clock of other runs was ahead of UTC. */
  readonly usualOffset: number | undefined;
}

/** All facts about a run, or why it cannot be a record. */
export async function readRun(
  files: OriginalFiles,
  read: ReadRecord,
  { root, rows, usualOffset }: RunContext,
): Promise<{ readonly facts: RunFacts; readonly notRead: readonly NotRead[] } | { readonly reason: string }> {
  const { record } = read;
  const named = readRunName(files.name);
  const repository = record?.repository ?? named?.repository;
  const model = record?.model ?? named?.model;
  if (repository === undefined || model === undefined) {
    return { reason: "neither its record nor its name tells repository and model" };
  }
  const directory = files.energy.at(-1)?.directory;
  const energy = await runEnergy(directory && join(root, directory), "the run has no directory of energy files");
  const times = runTimes({
    timestamp: record?.timestamp,
    durationSeconds: record?.durationSeconds,
    energy,
    usualOffset,
  });
  if (typeof times === "string") return { reason: times };
  const verdict = judgeRun(record, undefined);
  const own = record && files.record !== undefined ? [publishedRecord(record, files.record)] : [];
  const published = [...own, ...rows];
  const hyperparameters = { ...record?.hyperparameters };
  const performanceMetrics = { ...record?.performanceMetrics };
  const isParallel = record?.isParallel ?? named?.isParallel ?? false;
  const mutated = Object.keys(hyperparameters);
  const facts: RunFacts = {
    source: files.source,
    repository,
    model,
    mode: isParallel ? "parallel" : mutated.length > 0 ? "mutation" : "default",
    hyperparameters,
    mutated,
    energy,
    times,
    verdict,
    metrics: undefined,
    performanceMetrics,
    exitCode: undefined,
    command: [],
    retries: record?.retries ?? 0,
    background: record?.background,
    published,
    echoed: {},
    provenance: {
      ...times.provenance,
      status: verdict.provenance,
      ...Object.fromEntries(mutated.map((name) => [`hyperparameters.${name}`, "the original's record"])),
      ...Object.fromEntries(
        Object.keys(performanceMetrics).map((name) => [`performance_metrics.${name}`, "the original's record"]),
      ),
      ...Object.fromEntries(energy.quantities.map(({ name, method }) => [`energy.${name}`, method])),
    },
    differences: differencesOf(
      {
        duration_seconds: times.durationSeconds,
        energy_metrics: energy.metrics,
        performance_metrics: performanceMetrics,
      },
      published,
    ),
  };
  const notRead = energy.problems.map((reason) => ({ file: directory ?? files.source, reason }));
  return { facts, notRead: [...read.notRead, ...notRead] };
}
