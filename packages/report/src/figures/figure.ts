import type { ChartOption, View } from "../options/chart.ts";

/** A chart with everything that it says in words and numbers too. */
export interface Figure {
  /** Unique in its chapter, and part of file names. */
  readonly id: string;
  readonly title: string;
  /** How to read it. */
  readonly note: string;
  /** What it shows, in a sentence. */
  readonly finding: string;
  /** `runs`: its numbers are those of the table of runs. */
  readonly table: FigureTable | "runs";
  /** Pixels at a width. */
  readonly height: (width: number) => number;
  /** Below this width the chart scrolls inside its frame. */
  readonly minWidth: number;
  readonly option: (view: View) => ChartOption;
}

/** The numbers of a chart. */
export interface FigureTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a reader looks at a chapter. */
export interface ChapterState {
  /** Position of the metric; `null` without any. */
  readonly metric: number | null;
  readonly isLog: boolean;
  /** Positions of runs that are not faded; all of them when `undefined`. */
  readonly selected: ReadonlySet<number> | undefined;
}
