import type { CostBasis } from "@ea/analysis";
import type { Chapter } from "../model/report-data.ts";
import { type TradeOffPoint, tradeOff } from "../model/trade-off.ts";
import { optionEnergyMetric } from "../options/option-energy-metric.ts";
import { clip } from "../text/clip.ts";
import { digits, percent, withHalf } from "../text/digits.ts";
import { capital, costWord, counted, metricName } from "../text/names.ts";
import { type Scale, scaleFor } from "../text/scale.ts";
import type { ChapterState, Figure } from "./figure.ts";

/** Cost against the metric, with the Pareto front; `undefined` without a metric. */
export function tradeOffFigure(chapter: Chapter, basis: CostBasis, state: ChapterState): Figure | undefined {
  const metric = state.metric === null ? undefined : chapter.metrics[state.metric];
  if (state.metric === null || !metric) return undefined;
  const { points, front } = tradeOff(chapter, state.metric, metric.goal);
  if (points.length === 0) return undefined;
  const position = state.metric;
  const scale = costScale(chapter, basis);
  const selected = selectedConfigurations(chapter, state.selected);
  const name = clip(metricName(metric), 60);
  const cost = ({ configuration: { cost: c } }: TradeOffPoint): string =>
    withHalf(c.mean / scale.size, c.half === undefined ? undefined : c.half / scale.size);
  return {
    id: "trade-off",
    title: `${capital(costWord(basis))} against ${name}`,
    note:
      `Diamonds are Pareto-optimal: no other configuration has a ${metric.goal === "max" ? "higher" : "lower"} ${name} for as little ${costWord(basis)}. ` +
      "Filled marks are means of repetitions with 95 % intervals, cut where they leave the chart; open marks were run once (n = 1). An exclamation mark: flagged.",
    finding: `${frontSentence(front, points, name, scale)} ${thriftSentence(front, metric.goal, basis, name)}${repetitionSentence(points)}${doubtSentence(points, front, metric.goal)}${flagSentence(points)}`,
    table: {
      header: ["Configuration", "n", `${costWord(basis)} (${scale.unit})`, name, "Pareto-optimal", "Flagged"],
      rows: [...points]
        .sort((a, b) => a.x - b.x)
        .map((point) => [
          clip(point.configuration.label, 200),
          String(point.configuration.cost.n),
          cost(point),
          withHalf(point.metric.mean, point.metric.half, 4),
          point.isOptimal ? "yes" : "",
          point.configuration.isFlagged ? "yes" : "",
        ]),
    },
    height: (width) => (width < 500 ? 340 : 420),
    minWidth: 280,
    option: (view) =>
      optionEnergyMetric(chapter, basis, {
        ...view,
        metric: position,
        goal: metric.goal,
        isLog: state.isLog,
        scale,
        selected,
      }),
  };
}

/** The unit of a chapter's costs. */
export function costScale(chapter: Chapter, basis: CostBasis): Scale {
  const costs = chapter.runs.flatMap(({ cost }) => cost ?? []);
  return scaleFor(costs, basis.kind === "none" ? "s" : "J");
}

function selectedConfigurations(
  chapter: Chapter,
  selected: ReadonlySet<number> | undefined,
): ReadonlySet<number> | undefined {
  if (!selected) return undefined;
  return new Set([...selected].flatMap((run) => chapter.runs[run]?.configuration ?? []));
}

function frontSentence(
  front: readonly TradeOffPoint[],
  points: readonly TradeOffPoint[],
  name: string,
  scale: Scale,
): string {
  const [first, last] = [front[0], front.at(-1)];
  if (!first || !last) return "";
  const at = (point: TradeOffPoint): string =>
    `${digits(point.x / scale.size)} ${scale.unit} with ${name} ${digits(point.y, 4)}`;
  if (points.length === 1) return `Only one configuration: ${at(first)}.`;
  const are = `Of ${counted(points.length, "configuration")}, ${front.length} ${front.length === 1 ? "is" : "are"} Pareto-optimal:`;
  return first === last ? `${are} ${at(first)}.` : `${are} from ${at(first)} to ${at(last)}.`;
}

/** How much less is enough for nearly the best metric. */
function thriftSentence(front: readonly TradeOffPoint[], goal: "max" | "min", basis: CostBasis, name: string): string {
  const best = front.at(-1);
  if (!best || front.length < 2 || best.y === 0) return "";
  const slack = 0.01 * Math.abs(best.y);
  const enough = front.find(({ y }) => (goal === "max" ? y >= best.y - slack : y <= best.y + slack));
  if (!enough || enough === best) return "";
  return `Within 1 % of the best ${name}, ${percent(1 - enough.x / best.x)} less ${costWord(basis)} is enough. `;
}

function repetitionSentence(points: readonly TradeOffPoint[]): string {
  const repeated = points.filter(({ configuration }) => configuration.cost.n > 1).length;
  if (repeated === 0) return "No configuration was repeated (n = 1), so differences come without an interval.";
  if (repeated === points.length) return "Every configuration was repeated.";
  return `${repeated} of ${points.length} configurations were repeated; the others have n = 1 and no interval.`;
}

/** Dominated configurations that may not be: the better ends of their intervals reach past the front. */
function doubtSentence(points: readonly TradeOffPoint[], front: readonly TradeOffPoint[], goal: "max" | "min"): string {
  const sign = goal === "max" ? 1 : -1;
  const doubtful = points.filter(({ isOptimal, x, y, metric, configuration: { cost } }) => {
    if (isOptimal || cost.n < 2) return false;
    const [least, best] = [x - (cost.half ?? 0), sign * y + (metric.half ?? 0)];
    return !front.some((point) => point.x <= least && sign * point.y >= best);
  });
  if (doubtful.length === 0) return "";
  return ` ${doubtful.length} of those that are not optimal may be: their intervals reach past the front.`;
}

function flagSentence(points: readonly TradeOffPoint[]): string {
  const flagged = points.filter(({ configuration }) => configuration.isFlagged).length;
  if (flagged === 0) return "";
  return flagged === points.length ? " All have flagged runs." : ` ${flagged} have flagged runs.`;
}
