import type { init } from "../charts.ts";
import type { Chapter } from "../model/report-data.ts";
import { parallelAxisId } from "../options/option-parallel.ts";
import type { ParallelAxis } from "../options/parallel-axes.ts";

type Chart = ReturnType<typeof init>;
type Interval = readonly [number, number];

/** What is kept on the axes of parallel coordinates. */
export interface Brush {
  /** Listens to a new chart, and puts back onto a drawn one what was kept. */
  readonly attach: (chart: Chart, isNew: boolean) => void;
  /** Runs inside of all that is kept; `undefined` where nothing is. */
  readonly runs: (chapter: Chapter, axes: readonly ParallelAxis[]) => ReadonlySet<number> | undefined;
  readonly clear: () => void;
}

/** A brush; `onChange` when a reader has dragged along an axis. */
export function createBrush(onChange: () => void): Brush {
  const kept = new Map<string, readonly Interval[]>();
  let isRestoring = false;
  return {
    attach: (chart, isNew) => {
      if (isNew) {
        chart.on("axisareaselected", (event) => {
          if (isRestoring) return;
          const { id, intervals } = selection(event);
          if (intervals.length > 0) kept.set(id, intervals);
          else kept.delete(id);
          onChange();
        });
      }
      isRestoring = true;
      for (const [id, intervals] of kept) {
        chart.dispatchAction({
          type: "axisAreaSelect",
          parallelAxisId: id,
          intervals: intervals.map((pair) => [...pair]),
        });
      }
      isRestoring = false;
    },
    runs: ({ runs }, axes) => {
      if (kept.size === 0) return undefined;
      const inside = runs.flatMap((run, index) => {
        const isInside = axes.every((axis, position) => {
          const intervals = kept.get(parallelAxisId(position));
          const place = axis.position(run);
          return !intervals || (place !== null && intervals.some(([low, high]) => low <= place && place <= high));
        });
        return isInside && run.leftOut === null ? [index] : [];
      });
      return new Set(inside);
    },
    clear: () => kept.clear(),
  };
}

/** The axis of an event and what is kept on it; ECharts' types do not say. */
function selection(event: unknown): { readonly id: string; readonly intervals: readonly Interval[] } {
  const none = { id: "", intervals: [] };
  if (typeof event !== "object" || event === null || !("parallelAxisId" in event) || !("intervals" in event))
    return none;
  const { parallelAxisId: id, intervals } = event;
  if (typeof id !== "string" || !Array.isArray(intervals)) return none;
  const pairs = intervals.map((pair: unknown): Interval => {
    const [low, high] = Array.isArray(pair) ? pair.map(Number) : [];
    return [Math.min(low ?? 0, high ?? 0), Math.max(low ?? 0, high ?? 0)];
  });
  return { id, intervals: pairs };
}
