import type { NotRead } from "./not-read.ts";
import type { OriginalTable } from "./original-table.ts";
import type { RunFacts } from "./run-record.ts";

/** A session that an import has written, or would write. */
export interface ImportedSessionReport {
  readonly session: string;
  /** Directory of the original's session, relative to what was imported. */
  readonly source: string;
  readonly runs: number;
}

/** A published table, and how many of its rows mean a run that was found. */
export interface TableReport {
  readonly file: string;
  readonly rows: number;
  readonly matched: number;
  /** Rows of runs that an earlier import has left: their records do not have them. */
  readonly of_earlier_imports: number;
  /** Rows of another width than the header's. */
  readonly bad_rows: number;
  /** Rows whose run was not found. */
  readonly unmatched: readonly {
    readonly line: number | null;
    readonly experiment_id: string | null;
    readonly timestamp: string | null;
  }[];
}

type Counts = Record<string, number>;

/** `import.json`: what was read, what was not, and why. */
export interface ImportReport {
  readonly schema_version: 1;
  readonly tool_version: string;
  /** What was imported. */
  readonly directory: string;
  readonly dry_run: boolean;
  readonly found: number;
  readonly imported: number;
  /** Runs that an earlier import has left. */
  readonly already_imported: number;
  /** Runs that could not become records. */
  readonly not_imported: readonly NotRead[];
  readonly sessions: readonly ImportedSessionReport[];
  readonly tables: readonly TableReport[];
  /** Files and directories that were not read, or not as a whole. */
  readonly not_read: readonly NotRead[];
  /** Of the records that were written. */
  readonly counts: {
    readonly status: Counts;
    readonly mode: Counts;
    /** Qualities of each energy. */
    readonly energy: Readonly<Record<string, Counts>>;
    /** Where metrics and hyperparameters come from. */
    readonly metrics: Counts;
    readonly hyperparameters: Counts;
    readonly models: Counts;
  };
}

/** Counts what records are made of. */
export interface ImportCounter {
  add(facts: RunFacts): void;
  counts(): ImportReport["counts"];
}

/** Starts at nothing. */
export function importCounter(): ImportCounter {
  const [status, mode, metrics, hyperparameters, models]: Counts[] = [{}, {}, {}, {}, {}];
  const energy: Record<string, Counts> = {};
  const count = (counts: Counts = {}, name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    add({ verdict, mode: itsMode, repository, model, provenance, energy: { quantities } }) {
      count(status, verdict.status);
      count(mode, itsMode);
      count(models, `${repository}/${model}`);
      for (const { name, quality } of quantities) {
        const qualities = energy[name] ?? {};
        energy[name] = qualities;
        count(qualities, quality);
      }
      for (const [path, source] of Object.entries(provenance)) {
        if (path.startsWith("performance_metrics.")) count(metrics, source.startsWith("recorded") ? "recorded" : "log");
        if (path.startsWith("hyperparameters.")) count(hyperparameters, source.split(":")[0] ?? source);
      }
    },
    counts: () => ({
      status: status ?? {},
      mode: mode ?? {},
      energy,
      metrics: metrics ?? {},
      hyperparameters: hyperparameters ?? {},
      models: models ?? {},
    }),
  };
}

/** What became of the rows of a table. */
export function tableReport(
  { file, rows, badRows }: OriginalTable,
  left: ReadonlySet<object>,
  earlier: ReadonlySet<object>,
): TableReport {
  const unmatched = rows.filter((row) => left.has(row));
  const known = rows.filter((row) => earlier.has(row)).length;
  return {
    file,
    rows: rows.length,
    matched: rows.length - unmatched.length - known,
    of_earlier_imports: known,
    bad_rows: badRows,
    unmatched: unmatched.map(({ line, experiment_id, timestamp }) => ({ line, experiment_id, timestamp })),
  };
}
