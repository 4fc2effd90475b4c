import type { CostBasis } from "@ea/analysis";
import { costScale } from "../figures/trade-off-figure.ts";
import type { Chapter, Run } from "../model/report-data.ts";
import { digits, withHalf } from "../text/digits.ts";
import { costWord, metricName, partName } from "../text/names.ts";
import type { Scale } from "../text/scale.ts";
import { showValue } from "../text/show-value.ts";

/** A column of the table of runs. */
export interface RunColumn {
  readonly title: string;
  /** What it may be called in a filter besides its title. */
  readonly alias: string;
  readonly kind: "number" | "text";
  /** In the unit of the title; `null` is an empty cell. */
  readonly value: (run: Run) => number | string | null;
  readonly text: (run: Run) => string;
  /** For units in a filter: what a number of this column is in base units. */
  readonly scale: Scale | undefined;
}

/** Columns of the table of runs: what it cost, what came out, what differs. */
export function runColumns(chapter: Chapter, basis: CostBasis): readonly RunColumn[] {
  const scale = costScale(chapter, basis);
  const unit = basis.kind === "none" ? undefined : scale;
  const isOne = (of: (run: Run) => unknown): boolean => new Set(chapter.runs.map(of)).size < 2;
  const text = (title: string, value: (run: Run) => string): RunColumn => ({
    title,
    alias: title,
    kind: "text",
    value,
    text: value,
    scale: undefined,
  });
  const number = (
    title: string,
    alias: string,
    value: (run: Run) => number | null,
    show: (run: Run) => string,
    own?: Scale,
  ): RunColumn => ({
    title,
    alias,
    kind: "number",
    value,
    text: (run) => (value(run) === null ? "–" : show(run)),
    scale: own,
  });
  const shown = (value: number | null): string => (value === null ? "–" : digits(value, 4));
  const energy = number(
    `${costWord(basis)} (${scale.unit})`,
    "energy",
    ({ cost }) => (cost === null ? null : cost / scale.size),
    ({ cost, uncertainty }) =>
      withHalf((cost ?? 0) / scale.size, uncertainty === null ? null : uncertainty / scale.size, 4),
    scale,
  );
  return [
    text("run", ({ id }) => id),
    ...(isOne(({ session }) => session) ? [] : [text("session", ({ session }) => session)]),
    ...(isOne(({ model }) => model) ? [] : [text("model", ({ model }) => model)]),
    ...(isOne(({ machine }) => machine) ? [] : [text("machine", ({ machine }) => `machine ${machine + 1}`)]),
    text("status", ({ status }) => status),
    ...(basis.kind === "none" ? [] : [energy]),
    ...chapter.metrics.map((metric, index) => {
      const value = (run: Run): number | null => run.metrics[index] ?? null;
      return number(metricName(metric), metric.name, value, (run) => shown(value(run)));
    }),
    ...chapter.parameters.flatMap(({ name, kind, isVaried }, index): readonly RunColumn[] => {
      if (!isVaried) return [];
      const value = (run: Run): number | string | null => run.parameters[index] ?? null;
      if (kind === "category") return [text(name, (run) => showValue(value(run)))];
      const numberOf = (run: Run): number | null => {
        const found = value(run);
        return typeof found === "number" ? found : null;
      };
      return [number(name, name, numberOf, (run) => showValue(value(run)))];
    }),
    ...(basis.parts.length < 2 || !unit
      ? []
      : basis.parts.map((name, index) => {
          const value = (run: Run): number | null => {
            const joules = run.parts[index] ?? null;
            return joules === null ? null : joules / unit.size;
          };
          return number(`${partName(name)} (${unit.unit})`, name, value, (run) => shown(value(run)), unit);
        })),
    number(
      "time (s)",
      "duration",
      ({ seconds }) => seconds,
      ({ seconds }) => digits(seconds, 4),
      { unit: "s", size: 1 },
    ),
    ...(basis.kind === "none"
      ? []
      : [
          number(
            "mean power (W)",
            "power",
            ({ watts }) => watts,
            ({ watts }) => shown(watts),
          ),
        ]),
    ...(chapter.runs.some(({ maxCelsius }) => maxCelsius !== null)
      ? [
          number(
            "max GPU (°C)",
            "temperature",
            ({ maxCelsius }) => maxCelsius,
            ({ maxCelsius }) => shown(maxCelsius),
          ),
        ]
      : []),
    number(
      "attempts",
      "attempts",
      ({ attempts }) => attempts,
      ({ attempts }) => String(attempts),
    ),
    text("flags", ({ flags }) => flags.join(" ")),
    text("not compared because", ({ leftOut }) => leftOut ?? ""),
  ];
}
