/** What perf counted for one energy event, in one interval, socket, core or CPU if the report is so divided. */
export interface PerfRow {
  /** Bare name: `energy-pkg`. */
  readonly event: string;
  /** As perf printed it, with PMU and modifiers: `power/energy-pkg/u`. */
  readonly spelling: string;
  /** End of the interval in seconds since perf started counting; `undefined` in a report without intervals. */
  readonly timeSeconds: number | undefined;
  /** `S0`, `S0-D0-C1`, `N0`, `CPU3`, `python3-4711`; `undefined` where perf added everything up. */
  readonly label: string | undefined;
  /** How many CPUs of `label` count the event; `undefined` where perf does not say. */
  readonly cpus: number | undefined;
  /** `undefined` when perf counted nothing; `absence` then holds perf's words for it. */
  readonly joules: number | undefined;
  /** `<not supported>` or `<not counted>`; `undefined` when there is a number. */
  readonly absence: string | undefined;
  /** For how long the counter counted, added up over `cpus`; `undefined` where perf does not say. */
  readonly countedSeconds: number | undefined;
  /** Of `-r`: the joules are the mean of several runs. */
  readonly isMean: boolean;
  /** Of `--summary`: the joules repeat those of the intervals. */
  readonly isSummary: boolean;
}

/** Socket, die, core, cache, cluster or node, as a pattern of perf's labels. */
export const AGGREGATE_PATTERN = String.raw`S\d+(?:-[A-Z]+\d+)*|N\d+`;

/** One CPU (`-A`) or one thread (`--per-thread`), as a pattern of perf's labels; perf tells no number of CPUs for them. */
export const SINGLE_PATTERN = String.raw`CPU\d+|[^\s<>]{1,40}-\d+`;

/** perf's words for a counter without a number, as a pattern. */
export const ABSENCE_PATTERN = "<not supported>|<not counted>";

/** The event without PMU and modifiers: `power/energy-pkg/u` is `energy-pkg`. */
export function eventName(spelling: string): string {
  return /^[^/]*\/([^/,]+)[,/]/.exec(spelling)?.[1] ?? spelling.replace(/:[A-Za-z]+$/, "");
}

/** Whether the name of the event is that of a RAPL counter, as `power/energy-pkg/` or `power_core/energy-core/`. */
export function isEnergyEvent(spelling: string): boolean {
  return /^energy[-_]/.test(eventName(spelling));
}
