import type { Run } from "../model/report-data.ts";
import { optionTrace, traceHeight, type Zoom } from "../options/option-trace.ts";
import type { RunTrace, TraceChannel } from "../report-input.ts";
import { clip } from "../text/clip.ts";
import { digits } from "../text/digits.ts";
import { counted } from "../text/names.ts";
import { duration } from "../text/scale.ts";
import type { Figure } from "./figure.ts";

const UNITS = { power: "W", temperature: "°C", utilisation: "%" };

/** Power, temperature and utilisation of one run. */
export function traceFigure(run: Run, trace: RunTrace, zoom: Zoom): Figure {
  const points = Math.max(0, ...trace.channels.map(({ seconds }) => seconds.length));
  return {
    id: "trace",
    title: "Trace of a run",
    note: `Reduced to at most ${points} points per line by largest triangles (LTTB), which keep peaks and lows; the records have every sample. Dotted lines are ends of epochs.`,
    finding: `${clip(run.id, 120)}, ${duration(run.seconds)}: ${trace.channels
      .filter(({ kind }) => kind === "power")
      .map((channel) => `${clip(channel.label, 40)} ${rangeOf(channel)}`)
      .join(", ")}${trace.epochs.length > 0 ? `; ${counted(trace.epochs.length, "epoch")} marked` : ""}.`,
    table: {
      header: ["Line", "Lowest", "Mean", "Highest", "Samples"],
      rows: trace.channels.map((channel) => [
        `${clip(channel.label, 60)} ${channel.kind} (${UNITS[channel.kind]})`,
        ...[channel.statistics.low, channel.statistics.mean, channel.statistics.high].map((value) => digits(value, 4)),
        String(channel.statistics.samples),
      ]),
    },
    height: () => traceHeight(trace),
    minWidth: 280,
    option: (view) => optionTrace(trace, { ...view, zoom }),
  };
}

function rangeOf({ statistics: { low, mean, high } }: TraceChannel): string {
  return `${digits(mean)} W (${digits(low)} to ${digits(high)})`;
}
