import type { RunTrace } from "../report-input.ts";
import { MOST_POINTS, thinned } from "./trace-channel.ts";

/** Points of all lines together: some 200 kB in the report. */
const BUDGET = 80_000;
/** Fewer would not show a shape. */
const FEWEST_POINTS = 40;

/** Traces with as many points as a report may have; fewer each, the more there are. */
export function fitTraces(traces: ReadonlyMap<string, RunTrace>): ReadonlyMap<string, RunTrace> {
  const lines = [...traces.values()].reduce((sum, { channels }) => sum + channels.length, 0);
  const count = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, Math.floor(BUDGET / Math.max(1, lines))));
  return new Map(
    [...traces].map(([id, { channels, epochs }]) => [
      id,
      { channels: channels.map((channel) => thinned(channel, count)), epochs },
    ]),
  );
}
