import { constants, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Plan, type PlanExperiment, type PlanRow, rebuildSummary, toJsonText, writePlan } from "@ea/records";
import { ENERGY_FILES } from "./energy-files.ts";
import type { OriginalFiles } from "./find-originals.ts";
import { type NotRead, reasonOf } from "./not-read.ts";
import { configurationText, type RunFacts, recordOf, rowOf } from "./run-record.ts";
import { syncTree } from "./sync-tree.ts";

/** A session that is being written where nobody looks. */
export interface SessionWriter {
  /** Writes the next run: its record, and copies of its raw files; gives back what could not be copied. */
  add(files: OriginalFiles, facts: RunFacts, digest: string): readonly NotRead[];
  /** Lets the session appear, as a whole. */
  publish(): Promise<string>;
}

/** Where a session comes from and where it goes. */
export interface SessionPlace {
  readonly root: string;
  /** Directory of the original's session, relative to the root. */
  readonly source: string;
  /** Name of the session. */
  readonly session: string;
  /** Directory of all sessions. */
  readonly results: string;
  /** A directory that is not there yet, on the same file system. */
  readonly directory: string;
  readonly toolVersion: string;
}

/** Starts a session. */
export function sessionWriter({ root, source, session, results, directory, toolVersion }: SessionPlace): SessionWriter {
  const rows: PlanRow[] = [];
  const runs: { readonly row: number; readonly source: string; readonly digest: string }[] = [];
  const experiments = new Map<string, PlanExperiment>();
  const repetitions = new Map<string, number>();
  return {
    add(files, facts, digest) {
      const experiment = experimentOf(experiments, facts);
      const configuration = `${experiment} ${configurationText(facts.hyperparameters)}`;
      const repetition = repetitions.get(configuration) ?? 0;
      repetitions.set(configuration, repetition + 1);
      const row = rowOf(facts, { session, row: rows.length, experiment, repetition });
      const record = recordOf(facts, row);
      const rowDirectory = join(directory, row.experimentId.slice(session.length + 1));
      const attempt = join(rowDirectory, `attempt_${facts.retries + 1}`);
      mkdirSync(attempt, { recursive: true });
      const notCopied = copyRaw(root, files, facts.log, attempt);
      writeFileSync(join(attempt, "attempt.json"), toJsonText(record.attempts[0]));
      writeFileSync(join(rowDirectory, "experiment.json"), toJsonText(record));
      rows.push(row);
      runs.push({ row: row.row, source: files.source, digest });
      return notCopied;
    },
    async publish() {
      const plan: Plan = {
        toolVersion,
        session,
        seed: "",
        warnings: [],
        experiments: [...experiments.values()],
        rows,
        policies: {},
        metadata: { imported: { format: "green-deep-learning", source, runs } },
      };
      await writePlan(directory, plan);
      await rebuildSummary(directory, { isChecked: true });
      await syncTree(directory);
      const path = join(results, session);
      await rename(directory, path);
      await syncTree(results);
      return path;
    },
  };
}

/** The position of the experiment that a run is of: of the same model, in the same mode, with the same parameters varied. */
function experimentOf(
  experiments: Map<string, PlanExperiment>,
  { repository, model, mode, mutated }: RunFacts,
): number {
  const mutate = [...mutated].sort();
  const key = JSON.stringify([repository, model, mode, mutate]);
  if (!experiments.has(key)) {
    const space = { size: null, parameters: {}, constraints: [] };
    experiments.set(key, { repository, model, mode, strategy: "imported", mutate, space });
  }
  return [...experiments.keys()].indexOf(key);
}

/** Copies, never links: the results are whole without what they came from. */
function copyRaw(
  root: string,
  { energy, logs }: OriginalFiles,
  log: string | undefined,
  attempt: string,
): readonly NotRead[] {
  const directory = energy.at(-1)?.directory;
  const others = logs.filter((each) => each !== log && basename(each) !== "training.log");
  const pairs = [
    ...(directory === undefined ? [] : ENERGY_FILES.map((name) => ({ from: `${directory}/${name}`, to: name }))),
    ...(log === undefined ? [] : [{ from: log, to: "training.log" }]),
    ...others.map((from) => ({ from, to: basename(from) })),
  ];
  return pairs.flatMap(({ from, to }): readonly NotRead[] => {
    try {
      copyFileSync(join(root, from), join(attempt, to), constants.COPYFILE_FICLONE);
      return [];
    } catch (error) {
      const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
      if (isMissing && dirname(from) === directory) return [];
      return [{ file: from, reason: `not copied: ${reasonOf(error)}` }];
    }
  });
}
