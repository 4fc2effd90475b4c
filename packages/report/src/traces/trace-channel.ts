import { GAP_FACTOR } from "@ea/energy";
import { median } from "simple-statistics";
import type { TraceChannel, TraceStatistics } from "../report-input.ts";
import { lttb, type Points } from "./lttb.ts";

/** Points that are kept of a line when it is read; when a report has many lines, fewer are drawn. */
export const MOST_POINTS = 600;

/** Samples of one line, ascending in time. */
export interface Samples extends Points {
  readonly kind: TraceChannel["kind"];
  readonly label: string;
}

/** A line that is ready to be drawn; `undefined` without any sample. A gap is where samples are missing for five intervals. */
export function traceChannel({ kind, label, x, y }: Samples, count = MOST_POINTS): TraceChannel | undefined {
  if (x.length === 0) return undefined;
  const pieces = piecesOf({ x, y }, count);
  return { kind, label, ...joined(pieces, x.length, count), statistics: statisticsOf({ x, y }, pieces) };
}

/** The same line with fewer points. */
export function thinned(channel: TraceChannel, count: number): TraceChannel {
  if (channel.values.length <= count) return channel;
  const pieces: { x: number[]; y: number[] }[] = [{ x: [], y: [] }];
  channel.values.forEach((value, index) => {
    if (value === null) pieces.push({ x: [], y: [] });
    else {
      pieces.at(-1)?.x.push(channel.seconds[index] ?? 0);
      pieces.at(-1)?.y.push(value);
    }
  });
  const known = pieces.filter(({ x }) => x.length > 0);
  const kept = known.slice(0, Math.max(1, Math.floor(count / 4)));
  return { ...channel, ...joined(kept.length === known.length ? known : [flat(known)], channel.values.length, count) };
}

function flat(pieces: readonly Points[]): Points {
  return { x: pieces.flatMap(({ x }) => x), y: pieces.flatMap(({ y }) => y) };
}

/** Cut where time is missing; of many gaps only the longest count. */
function piecesOf({ x, y }: Points, count: number): readonly Points[] {
  const steps = x.slice(1).map((second, index) => second - (x[index] ?? second));
  if (steps.length === 0) return [{ x, y }];
  const usual = median(steps);
  const gaps = steps
    .map((step, index) => ({ step, index }))
    .filter(({ step }) => usual > 0 && step > GAP_FACTOR * usual)
    .toSorted((a, b) => b.step - a.step)
    .slice(0, Math.floor(count / 8))
    .map(({ index }) => index + 1)
    .sort((a, b) => a - b);
  const edges = [0, ...gaps, x.length];
  return edges.slice(1).map((end, index) => ({ x: x.slice(edges[index], end), y: y.slice(edges[index], end) }));
}

function joined(pieces: readonly Points[], length: number, count: number): Pick<TraceChannel, "seconds" | "values"> {
  const seconds: number[] = [];
  const values: (number | null)[] = [];
  const available = count - pieces.length + 1;
  for (const piece of pieces) {
    if (seconds.length > 0) {
      seconds.push(seconds.at(-1) ?? 0);
      values.push(null);
    }
    const reduced = lttb(piece, Math.max(2, Math.floor((available * piece.x.length) / length)));
    for (const second of reduced.x) seconds.push(second);
    for (const value of reduced.y) values.push(value);
  }
  return { seconds, values };
}

function statisticsOf({ y }: Points, pieces: readonly Points[]): TraceStatistics {
  let [low, high, sum, area, length] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (const value of y) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  for (const piece of pieces) {
    for (let index = 1; index < piece.x.length; index += 1) {
      const step = (piece.x[index] ?? 0) - (piece.x[index - 1] ?? 0);
      area += (step * ((piece.y[index] ?? 0) + (piece.y[index - 1] ?? 0))) / 2;
      length += step;
    }
  }
  return { samples: y.length, low, mean: length > 0 ? area / length : sum / y.length, high };
}
