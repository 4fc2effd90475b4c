import { joules, seconds } from "../format.ts";
import { progressBar, sparkline } from "./bars.ts";
import { clip } from "./clip.ts";
import type { LiveRun, LiveSensor, LiveState } from "./live-state.ts";
import type { RemainingTime } from "./remaining-time.ts";

const BAR = 20;
const SPARKS = 20;
/** Sensors of one line each: a machine with eight GPUs leaves room for what has scrolled. */
const SENSORS = 4;

/** A session as a block of a few lines, none wider than the terminal. */
export function liveBlock(
  state: LiveState,
  { columns, isUnicode }: { readonly columns: number; readonly isUnicode: boolean },
): readonly string[] {
  const lines = [
    countsLine(state, isUnicode),
    state.run ? runLine(state.run, state.resting) : (state.resting ?? ""),
    ...sensorLines(state, isUnicode),
    metricsLine(state),
    state.warning === undefined ? "" : `warning: ${state.warning}`,
  ];
  return lines.filter((line) => line !== "").map((line) => clip(line, columns - 1, isUnicode));
}

function countsLine(
  { session, planned, completed, failed, suspect, remaining }: LiveState,
  isUnicode: boolean,
): string {
  const ended = completed + failed + suspect;
  const parts = [
    `${completed}/${planned} ok`,
    failed > 0 && `${failed} failed`,
    suspect > 0 && `${suspect} suspect`,
    `${planned - ended} left`,
    ended < planned && `ETA ${etaText(remaining)}`,
  ];
  return `${progressBar(ended / planned, BAR, isUnicode)} ${parts.filter(Boolean).join(", ")}  ${session}`;
}

/** `1 h 20 min (50 min 00 s to 1 h 50 min)`; `--` while nothing has ended. */
function etaText(remaining: RemainingTime | undefined): string {
  if (!remaining) return "--";
  const { range } = remaining;
  const between = range === undefined ? " by one run" : ` (${seconds(range[0])} to ${seconds(range[1])})`;
  return `${seconds(remaining.seconds)}${between}`;
}

function runLine(
  { row, name, attempt, elapsedSeconds, usualSeconds, progress }: LiveRun,
  resting: string | undefined,
): string {
  const usual = usualSeconds === undefined ? "" : ` of ~${seconds(usualSeconds)}`;
  const parts = [
    `run ${row}: ${name}`,
    resting ?? (attempt === undefined ? "starts" : `attempt ${attempt}`),
    ...(resting === undefined && progress !== undefined ? [progress] : []),
    ...(attempt === undefined ? [] : [`${seconds(elapsedSeconds)}${usual}`]),
  ];
  return parts.join("  ");
}

function sensorLines({ sensors, ended }: LiveState, isUnicode: boolean): readonly string[] {
  const shown = sensors.slice(0, SENSORS).map((sensor) => sensorLine(sensor, isUnicode));
  const more = sensors.length - shown.length;
  const total =
    ended && `session ${joules(ended.joules)}${ended.isEstimate ? " (estimated)" : ""} in runs that have ended`;
  return [...shown, [more > 0 && `and ${more} more sensors`, total].filter(Boolean).join("  ")];
}

function sensorLine(
  { name, watts, history, celsius, percent, joules: own, isEstimate }: LiveSensor,
  isUnicode: boolean,
): string {
  const parts = [
    `${name} ${watts.toFixed(watts < 100 ? 1 : 0)} W${isEstimate ? " (estimated)" : ""}`,
    celsius !== undefined && `${Math.round(celsius)} ${isUnicode ? "°C" : "C"}`,
    percent !== undefined && `${Math.round(percent)} %`,
    sparkline(history, SPARKS, isUnicode),
    own !== undefined && `this run ~${joules(own)}`,
  ];
  return parts.filter(Boolean).join("  ");
}

function metricsLine({ lastMetrics, bestMetric }: LiveState): string {
  return [lastMetrics && `last ${lastMetrics}`, bestMetric && `best ${bestMetric}`].filter(Boolean).join("  ");
}
