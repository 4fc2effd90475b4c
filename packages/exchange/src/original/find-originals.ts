import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ENERGY_FILES } from "./energy-files.ts";
import { type NotRead, reasonOf } from "./not-read.ts";
import { readRunName } from "./run-name.ts";

/** One run of the original, by its files; paths are relative to what is imported, with `/`. */
export interface OriginalFiles {
  /** The run's folder, or its record at the seed date. */
  readonly source: string;
  /** The folder's name, or the record's without its ending. */
  readonly name: string;
  /** The directory of its session. */
  readonly session: string;
  readonly record: string | undefined;
  /** The best one first. */
  readonly logs: readonly string[];
  /** The directory with the energy of each attempt that has one, the last attempt last. */
  readonly energy: readonly { readonly attempt: number | undefined; readonly directory: string }[];
}

/** What was found below a directory. */
export interface Originals {
  readonly runs: readonly OriginalFiles[];
  /** Files that end in `.csv` and belong to no run. */
  readonly tables: readonly string[];
  readonly notRead: readonly NotRead[];
}

const LOGS = ["terminal_output.txt", "training.log"];
const RUN_FILES: ReadonlySet<string> = new Set(["experiment.json", "energy", ...LOGS, ...ENERGY_FILES]);
const FLAT_RECORD = /^(\d{8}_\d{6}_.+)\.json$/;

/**
 * Looks for runs of the original at any depth; links are not followed, and what cannot be read is named.
 *
 * @param except a directory that is left out: the one that is imported into.
 */
export async function findOriginals(root: string, except?: string): Promise<Originals> {
  const runs: OriginalFiles[] = [];
  const tables: string[] = [];
  const notRead: NotRead[] = [];
  const visit = async (directory: string): Promise<void> => {
    if (join(root, directory) === except) return;
    let entries: readonly Dirent[];
    try {
      entries = await readdir(join(root, directory), { withFileTypes: true });
    } catch (error) {
      notRead.push({ file: directory || ".", reason: reasonOf(error) });
      return;
    }
    const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = new Set(sorted.map(({ name }) => name));
    const path = (name: string): string => (directory === "" ? name : `${directory}/${name}`);
    if (isRunFolder(directory, names)) {
      runs.push(runFolder(directory, names));
      const others = [...names].filter((name) => !RUN_FILES.has(name));
      notRead.push(...others.map((name) => ({ file: path(name), reason: otherReason(name) })));
      return;
    }
    const flat = flatRuns(directory, [...names]);
    runs.push(...flat.runs);
    for (const entry of sorted) {
      if (flat.used.has(entry.name)) continue;
      if (entry.isSymbolicLink()) notRead.push({ file: path(entry.name), reason: "a symbolic link: not followed" });
      else if (entry.isDirectory()) await visit(path(entry.name));
      else if (!entry.isFile()) notRead.push({ file: path(entry.name), reason: "no file and no directory" });
      else if (entry.name.endsWith(".csv")) tables.push(path(entry.name));
      else notRead.push({ file: path(entry.name), reason: "nothing of a run of the original" });
    }
  };
  await visit("");
  return { runs, tables, notRead };
}

function otherReason(name: string): string {
  return name === "background_logs"
    ? "the log of the load beside a run: no part of its record"
    : "nothing of a run of the original";
}

function isRunFolder(directory: string, names: ReadonlySet<string>): boolean {
  if (names.has("experiment.json") || names.has("energy")) return true;
  const isNamed = readRunName(directory.split("/").at(-1) ?? "")?.number !== undefined;
  return isNamed && (LOGS.some((log) => names.has(log)) || names.has("gpu_power.csv") || names.size === 0);
}

function runFolder(directory: string, names: ReadonlySet<string>): OriginalFiles {
  const path = (name: string): string => (directory === "" ? name : `${directory}/${name}`);
  const parts = directory.split("/");
  const energy = names.has("energy") ? path("energy") : names.has("gpu_power.csv") ? directory : undefined;
  return {
    source: directory || ".",
    name: parts.at(-1) ?? "",
    session: parts.slice(0, -1).join("/") || ".",
    record: names.has("experiment.json") ? path("experiment.json") : undefined,
    logs: LOGS.filter((log) => names.has(log)).map(path),
    energy: energy === undefined ? [] : [{ attempt: undefined, directory: energy }],
  };
}

/** Runs at the seed date: records, energy directories and logs side by side in one directory. */
function flatRuns(
  directory: string,
  names: readonly string[],
): { readonly runs: readonly OriginalFiles[]; readonly used: ReadonlySet<string> } {
  const path = (name: string): string => (directory === "" ? name : `${directory}/${name}`);
  const records = new Map(names.flatMap((name) => (FLAT_RECORD.test(name) ? [[name.slice(0, -5), name]] : [])));
  const energies = names.flatMap((name) => {
    const [, id, attempt] = /^energy_(.+)_attempt(\d+)$/.exec(name) ?? [];
    return id === undefined ? [] : [{ id, attempt: Number(attempt), name }];
  });
  const logs = names.flatMap((name) => {
    const [, words, stamp] = /^training_(.+)_(\d{8}_\d{6})\.log$/.exec(name) ?? [];
    return words === undefined || stamp === undefined ? [] : [{ words, stamp, name }];
  });
  const ids = [...new Set([...records.keys(), ...energies.map(({ id }) => id)])].sort();
  const used = new Set<string>();
  const runs = ids.map((id): OriginalFiles => {
    const own = energies.filter((each) => each.id === id).sort((a, b) => a.attempt - b.attempt);
    const [, stamp = "", words = ""] = /^(\d{8}_\d{6})_(.+)$/.exec(id) ?? [];
    // A run's log begins when the run does; the next one of the same model begins the next log
    const next = ids.find((other) => other > id && other.slice(16) === words)?.slice(0, 15) ?? "~";
    const ownLogs = logs.filter((log) => log.words === words && log.stamp >= stamp && log.stamp < next);
    const record = records.get(id);
    for (const name of [record, ...own.map((each) => each.name), ...ownLogs.map((log) => log.name)]) {
      if (name !== undefined) used.add(name);
    }
    return {
      source: path(record ?? own.at(-1)?.name ?? id),
      name: id,
      session: directory || ".",
      record: record && path(record),
      logs: ownLogs.map(({ name }) => path(name)).toReversed(),
      energy: own.map(({ attempt, name }) => ({ attempt, directory: path(name) })),
    };
  });
  return { runs, used };
}
