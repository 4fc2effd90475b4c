import { costBasis, costOf, metricGoal } from "@ea/analysis";
import { type PowerTracker, powerTracker, type Reading } from "@ea/energy";
import type { PlanRow, RecordJson } from "@ea/records";
import type { SessionEvent } from "@ea/runner";
import { parameters, restText } from "../format.ts";
import type { LiveSensor, LiveState } from "./live-state.ts";
import { remainingTime } from "./remaining-time.ts";

/** Seconds of power that are kept. */
const HISTORY = 60;
/** Runs that say how long the next ones take: the latest ones. */
const RUNS = 100;

/** Follows a session that runs in this process. */
export interface LiveTracker {
  readonly onEvent: (event: SessionEvent) => void;
  readonly onReading: (reading: Reading) => void;
  /** How it stands now; called once a second, which is the step of the histories. */
  readonly look: (progress: (attemptDirectory: string) => string | undefined) => LiveState;
}

/** Begins to follow; the clock does not step. */
export function liveTracker(nowMs: () => number, epochMs: () => number): LiveTracker {
  let started: { readonly session: string; readonly planned: number } = { session: "", planned: 0 };
  const counts = { success: 0, failed: 0, suspect: 0 };
  let before = 0;
  let run: { readonly row: PlanRow; attempt?: { number: number; directory: string }; startMs: number } | undefined;
  let resting: string | undefined;
  let powers: PowerTracker = powerTracker(epochMs());
  const history = new Map<string, number[]>();
  const turnarounds: number[] = [];
  const durations: number[] = [];
  let endedMs = nowMs();
  let energy: LiveState["ended"];
  let last: RecordJson | undefined;
  let best: { readonly row: number; readonly name: string; readonly value: number } | undefined;
  let warning: string | undefined;

  const finished = (record: RecordJson): void => {
    counts[record.status] += 1;
    keep(turnarounds, (nowMs() - endedMs) / 1000);
    endedMs = nowMs();
    if (record.status === "success") keep(durations, record.duration_seconds);
    const basis = costBasis([record]);
    const isEstimate = basis.kind === "estimate";
    // What failed attempts have used is used as well
    const used = record.attempts.flatMap((attempt) => costOf(attempt.energy, basis).joules ?? []);
    const joules = used.length > 0 ? used.reduce((sum, value) => sum + value, 0) : null;
    // Never a sum of both: what is measured takes the place of what was estimated
    if (joules !== null && (!energy || energy.isEstimate === isEstimate)) {
      energy = { joules: (energy?.joules ?? 0) + joules, isEstimate };
    } else if (joules !== null && energy?.isEstimate && !isEstimate) energy = { joules, isEstimate };
    last = record;
    const [[name, value] = []] = Object.entries(record.performance_metrics);
    if (name === undefined || value === undefined || record.status !== "success") return;
    const sign = metricGoal(name) === "max" ? 1 : -1;
    if (!best || (best.name === name && sign * value > sign * best.value)) best = { row: record.row, name, value };
  };

  const sensors = (): readonly LiveSensor[] =>
    powers.all().map(({ name, device, lastWatts, lastCelsius, lastPercent, roughJoules }) => {
      const key = `${name} ${device ?? ""}`;
      const values = history.get(key) ?? [];
      values.push(lastWatts);
      history.set(key, values.slice(-HISTORY));
      return {
        name: device === undefined ? name : `${name} ${device.slice(0, 12)}`,
        watts: lastWatts,
        history: values,
        celsius: lastCelsius,
        percent: lastPercent,
        joules: roughJoules,
        isEstimate: name.endsWith("_estimate"),
      };
    });

  return {
    onReading: (reading) => powers.add(reading),
    onEvent: (event) => {
      if (event.type !== "sleeping" && event.type !== "warning") resting = undefined;
      switch (event.type) {
        case "session-started":
          started = event;
          before = event.ended;
          endedMs = nowMs();
          return;
        case "warning":
          warning = event.message;
          return;
        case "sleeping":
          resting = restText(event);
          return;
        case "row-started":
          run = { row: event.row, startMs: nowMs() };
          return;
        case "attempt-started":
          powers = powerTracker(epochMs());
          history.clear();
          run = { row: event.row, attempt: { number: event.attempt, directory: event.directory }, startMs: nowMs() };
          return;
        case "row-finished":
          finished(event.record);
          run = undefined;
          powers = powerTracker(epochMs());
          return;
        default:
      }
    },
    look: (progress) => {
      const { success: completed, failed, suspect } = counts;
      const left = started.planned - before - completed - failed - suspect;
      return {
        session: started.session,
        planned: started.planned - before,
        completed,
        failed,
        suspect,
        remaining: remainingTime(turnarounds, left),
        run: run && {
          row: run.row.row,
          name: `${run.row.repository}/${run.row.model} ${parameters(run.row.hyperparameters, run.row.mutated)}`,
          attempt: run.attempt?.number,
          elapsedSeconds: (nowMs() - run.startMs) / 1000,
          usualSeconds: median(durations),
          progress: run.attempt && progress(run.attempt.directory),
        },
        resting,
        sensors: run?.attempt ? sensors() : [],
        ended: energy,
        lastMetrics: last && metricWords(last),
        bestMetric: best && `${best.name} ${best.value} (run ${best.row})`,
        warning,
      };
    },
  };
}

function keep(values: number[], value: number): void {
  values.push(value);
  if (values.length > RUNS) values.shift();
}

function metricWords({ performance_metrics: metrics }: RecordJson): string | undefined {
  const words = Object.entries(metrics).map(([name, value]) => `${name} ${value}`);
  return words.length > 0 ? words.join(", ") : undefined;
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
