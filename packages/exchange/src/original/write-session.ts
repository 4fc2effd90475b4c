import { constants } from "node:fs";
import { copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Plan, type PlanExperiment, type PlanRow, rebuildSummary, writePlan } from "@ea/records";
import type { NotRead, OriginalFiles } from "./find-originals.ts";
import { reasonOf } from "./find-originals.ts";
import { configurationText, type RunFacts, recordOf, rowOf } from "./run-record.ts";

/** A session that is being written. */
export interface SessionWriter {
  /** Writes the next run: its record, and copies of its raw files. */
  add(files: OriginalFiles, facts: RunFacts, digest: string): Promise<readonly NotRead[]>;
  /** Ends the session; it appears under its name as a whole or not at all. */
  publish(results: string): Promise<string>;
}

/** Where a session comes from. */
export interface SessionOrigin {
  readonly root: string;
  /** Directory of the session, relative to the root. */
  readonly source: string;
  readonly session: string;
  readonly toolVersion: string;
}

const ENERGY_FILES = [
  "gpu_power.csv",
  "gpu_temperature.csv",
  "gpu_utilization.csv",
  "cpu_energy_raw.txt",
  "cpu_energy.txt",
];

/** Writes a session into `directory`, which is renamed once it is complete. */
export function sessionWriter(directory: string, { root, source, session, toolVersion }: SessionOrigin): SessionWriter {
  const rows: PlanRow[] = [];
  const runs: { readonly row: number; readonly source: string; readonly digest: string }[] = [];
  const experiments = new Map<string, { readonly position: number; readonly experiment: PlanExperiment }>();
  const repetitions = new Map<string, number>();
  return {
    async add(files, facts, digest) {
      const { position } = experimentOf(experiments, facts);
      const configuration = `${position} ${configurationText(facts.hyperparameters)}`;
      const repetition = repetitions.get(configuration) ?? 0;
      repetitions.set(configuration, repetition + 1);
      const row = rowOf(facts, { session, row: rows.length, experiment: position, repetition });
      const record = recordOf(facts, row);
      const attempt = join(directory, row.experimentId.slice(session.length + 1), `attempt_${facts.retries + 1}`);
      await mkdir(attempt, { recursive: true });
      const notRead = await copyRaw(root, files, attempt);
      await writeFile(join(attempt, "attempt.json"), jsonText(record.attempts[0]));
      await writeFile(join(attempt, "..", "experiment.json"), jsonText(record));
      rows.push(row);
      runs.push({ row: row.row, source: files.source, digest });
      return notRead;
    },
    async publish(results) {
      const plan: Plan = {
        toolVersion,
        session,
        seed: "",
        warnings: [],
        experiments: [...experiments.values()].map(({ experiment }) => experiment),
        rows,
        policies: {},
        metadata: { imported: { format: "green-deep-learning", source, runs } },
      };
      await writePlan(directory, plan);
      const path = join(results, session);
      await rename(directory, path);
      await rebuildSummary(path);
      return path;
    },
  };
}

function experimentOf(
  experiments: Map<string, { readonly position: number; readonly experiment: PlanExperiment }>,
  { repository, model, mode, mutated }: RunFacts,
): { readonly position: number; readonly experiment: PlanExperiment } {
  const mutate = [...mutated].sort();
  const key = JSON.stringify([repository, model, mode, mutate]);
  const known = experiments.get(key);
  if (known) return known;
  const space = { size: null, parameters: {}, constraints: [] };
  const experiment: PlanExperiment = { repository, model, mode, strategy: "imported", mutate, space };
  const made = { position: experiments.size, experiment };
  experiments.set(key, made);
  return made;
}

/** Copies, never links: the results are whole without what they came from. */
async function copyRaw(root: string, files: OriginalFiles, attempt: string): Promise<readonly NotRead[]> {
  const directory = files.energy.at(-1)?.directory;
  const pairs: (readonly [from: string, to: string, mayLack: boolean])[] = [
    ...(directory === undefined ? [] : ENERGY_FILES.map((name) => [`${directory}/${name}`, name, true] as const)),
    ...files.logs.map(
      (log) =>
        [
          log,
          basename(log) === "terminal_output.txt" && files.logs.length > 1 ? "terminal_output.txt" : "training.log",
          false,
        ] as const,
    ),
  ];
  const results = await Promise.all(
    pairs.map(async ([from, to, mayLack]): Promise<readonly NotRead[]> => {
      try {
        await copyFile(join(root, from), join(attempt, to), constants.COPYFILE_FICLONE);
        return [];
      } catch (error) {
        if (mayLack && error instanceof Error && "code" in error && error.code === "ENOENT") return [];
        return [{ file: from, reason: `not copied: ${reasonOf(error)}` }];
      }
    }),
  );
  return results.flat();
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
