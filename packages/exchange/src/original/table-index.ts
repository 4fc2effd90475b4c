import type { PublishedJson } from "@ea/records";
import type { OriginalTable } from "./original-table.ts";

/** The rows of published tables by the moment of their runs, and which of them were taken. */
export interface TableIndex {
  /** Rows that mean the run: its time stamp and its id, the latter with or without where it comes from. */
  take(experimentId: string | undefined, timestamp: string | undefined): readonly PublishedJson[];
  /** Rows that no run has taken. */
  left(): readonly PublishedJson[];
}

/** Indexes rows by time stamp: an id alone was given to several runs. */
export function tableIndex(tables: readonly OriginalTable[]): TableIndex {
  const byTime = new Map<string, PublishedJson[]>();
  const all = tables.flatMap(({ rows }) => rows);
  for (const row of all) {
    if (row.timestamp === null) continue;
    const moment = momentOf(row.timestamp);
    const list = byTime.get(moment);
    if (list) list.push(row);
    else byTime.set(moment, [row]);
  }
  const taken = new Set<PublishedJson>();
  return {
    take(experimentId, timestamp) {
      const rows = (timestamp === undefined ? undefined : byTime.get(momentOf(timestamp))) ?? [];
      const own = rows.filter((row) => row.experiment_id === null || bareId(row.experiment_id) === experimentId);
      for (const row of own) taken.add(row);
      return own;
    },
    left: () => all.filter((row) => !taken.has(row)),
  };
}

function bareId(id: string): string {
  const at = id.indexOf("__");
  return at < 0 ? id : id.slice(at + 2);
}

/** Tables write a space where the records have a `T`. */
function momentOf(timestamp: string): string {
  return timestamp.trim().replace(" ", "T");
}
