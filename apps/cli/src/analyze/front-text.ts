import { type Absent, type CostBasis, type Front, type FrontPoint, isAbsent, type MetricDrop } from "@ea/analysis";
import { table } from "../format.ts";
import { figure, type Unit } from "../measure/digits.ts";
import { digits, percent } from "./share-text.ts";

/** Points beyond the front that are named when they may be on it. */
const MOST_DOUBTFUL = 3;
/** A share of resamples from which a point may well be on the front. */
const LIKELY = 0.2;

/** The front as a table, and what it comes to. */
export function frontText(front: Front | Absent, basis: CostBasis, drop: MetricDrop): string {
  if (isAbsent(front)) return `  no front: ${front.reason}\n`;
  const { points, best, knee, cheapest, metric, goal } = front;
  const unit: Unit = basis.kind === "none" ? "s" : "J";
  const what = unit === "J" ? "energy" : "time";
  const doubtful = points
    .filter(({ isOnFront, membership = 0 }) => !isOnFront && membership >= LIKELY)
    .toSorted((a, b) => (b.membership ?? 0) - (a.membership ?? 0));
  const shown = points.filter((point) => point.isOnFront || doubtful.slice(0, MOST_DOUBTFUL).includes(point));
  const marks = (point: FrontPoint): string =>
    [
      point === best && "best",
      point === knee && "knee",
      point === cheapest && "cheapest enough",
      !point.isOnFront && "beaten",
    ]
      .filter(Boolean)
      .join(", ");
  const rows = shown.map((point) => [
    labelText(point),
    withHalf(point.cost.mean, point.cost.interval95, unit),
    metricText(point),
    String(point.cost.n),
    point.membership === undefined ? "-" : percent(point.membership),
    marks(point),
  ]);
  const limit = drop.kind === "relative" ? percent(drop.value) : String(drop.value);
  const single = points.filter(({ membership }) => membership === undefined).length;
  return [
    indent(table(["front", what, metric, "n", "on the front", ""], rows)),
    cheapest === best
      ? `  no configuration within ${limit} of the best ${metric} takes less ${what}\n`
      : `  within ${limit} of the best ${metric} (${goal === "max" ? "high" : "low"} is better), ${labelText(cheapest)} takes ${percent(1 - cheapest.x / best.x)} less ${what}\n`,
    isAbsent(knee) ? `  no knee: ${knee.reason}\n` : "",
    `  hypervolume ${digits(front.hypervolume)} ${unit === "J" ? "J" : "s"} × ${metric}, reference ${sixDigits(front.reference.x)},${sixDigits(front.reference.y)}\n`,
    single === 0 ? "" : `  ${single} of ${points.length} configurations ran once: their own noise is not known\n`,
  ].join("");
}

function withHalf(mean: number, interval: readonly [number, number] | undefined, unit: Unit): string {
  return figure(mean, unit, interval && (interval[1] - interval[0]) / 2);
}

function metricText({ metric: { mean, interval95 } }: FrontPoint): string {
  const value = String(Number(mean.toPrecision(5)));
  return interval95 ? `${value} ± ${Number(((interval95[1] - interval95[0]) / 2).toPrecision(2))}` : value;
}

/** The parameters of a configuration, long decimals with four digits. */
function labelText({ configuration }: FrontPoint): string {
  return configuration.label.replaceAll(/(?<==)\d*\.\d{5,}/g, (number) => digits(Number(number), 4));
}

function sixDigits(value: number): string {
  return digits(value, 6);
}

/** Lines, two columns further in. */
export function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
