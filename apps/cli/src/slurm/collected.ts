import { type RecordJson, readPlanJson, rebuildSummary } from "@ea/records";

/** What a session's records come to; derived from them alone. */
export interface Collected {
  readonly session: string;
  readonly directory: string;
  readonly planned: number;
  readonly completed: number;
  readonly failed: number;
  readonly suspect: number;
  /** Path of `summary.csv`. */
  readonly summary: string;
  /** Runs of each host: a blocking factor of any comparison. */
  readonly hosts: Readonly<Record<string, number>>;
  /** Runs of each combination of GPU models. */
  readonly gpus: Readonly<Record<string, number>>;
  /** Records with each flag. */
  readonly flags: Readonly<Record<string, number>>;
}

/** Rebuilds the summary of a session and counts; a few records are in memory at a time. */
export async function collectRecords(directory: string): Promise<Collected> {
  const { session, planned } = await readPlanJson(directory);
  const counts = { success: 0, failed: 0, suspect: 0 };
  const hosts = new Map<string, number>();
  const gpus = new Map<string, number>();
  const flags = new Map<string, number>();
  const count = (map: Map<string, number>, key: string): unknown => map.set(key, (map.get(key) ?? 0) + 1);
  const onRecord = (record: RecordJson): void => {
    const { host, gpus: devices } = record.environment;
    counts[record.status] += 1;
    count(hosts, host ?? "unknown");
    const models = devices.map(({ model }) => model ?? "unknown").toSorted((a, b) => (a < b ? -1 : 1));
    count(gpus, models.join(", ") || "none");
    for (const code of new Set(record.flags.map((flag) => flag.code))) count(flags, code);
  };
  const summary = await rebuildSummary(directory, { onRecord });
  const { success: completed, failed, suspect } = counts;
  return {
    session,
    directory,
    planned,
    completed,
    failed,
    suspect,
    summary,
    hosts: sorted(hosts),
    gpus: sorted(gpus),
    flags: sorted(flags),
  };
}

function sorted(map: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same for people. */
export function collectedText(collected: Collected): string {
  const { session, planned, completed, failed, suspect, summary, hosts, gpus, flags } = collected;
  const missing = planned - completed - failed - suspect;
  const counts = [
    `${completed} of ${planned} runs succeeded`,
    failed && `${failed} failed`,
    suspect && `${suspect} suspect`,
    missing && `${missing} not finished`,
  ];
  const list = (name: string, map: Readonly<Record<string, number>>): readonly string[] => {
    const parts = Object.entries(map).map(([key, runs]) => `${key} ${runs}`);
    return parts.length === 0 ? [] : [`  ${name}: ${parts.join("; ")}`];
  };
  return [
    `${session}: ${counts.filter(Boolean).join(", ")}`,
    ...list("runs by host", hosts),
    ...list("runs by GPUs", gpus),
    ...list("records with flags", flags),
    `  ${summary}`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}
