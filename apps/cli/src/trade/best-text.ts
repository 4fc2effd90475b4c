import {
  basisText,
  type CostBasis,
  type Goal,
  type MetricDrop,
  meanDifference,
  relativeChange,
  type Sample,
  type TradeOff,
  type TradeOffPoint,
} from "@ea/analysis";
import { table } from "../format.ts";
import { figure, type Unit } from "../measure/digits.ts";
import { shellWords } from "../measure/measure-request.ts";
import { metricSentence } from "./metric-text.ts";

/** What `ea best` has found. */
export interface BestResult {
  readonly found: TradeOff;
  readonly chosen: TradeOffPoint;
  readonly basis: CostBasis;
  readonly metric: string;
  readonly goal: Goal;
  readonly drop: MetricDrop;
  /** Runs that are in no mean: failed, suspect, or flagged with an error. */
  readonly leftOut: number;
  /** Names of the sessions. */
  readonly sessions: readonly string[];
}

/** The front as a table, the best configuration, and the cheapest that is good enough. */
export function bestText({ found, chosen, basis, metric, goal, drop, leftOut, sessions }: BestResult): string {
  const { points, front, best } = found;
  const unit: Unit = basis.kind === "none" ? "s" : "J";
  const half = ({ interval95 }: Sample): number | undefined => interval95 && (interval95[1] - interval95[0]) / 2;
  const line = (point: TradeOffPoint): readonly string[] => [
    [point === best ? "best" : "", point === chosen ? "chosen" : ""].filter(Boolean).join(", "),
    `${point.configuration.repository}/${point.configuration.model} ${point.configuration.label}`,
    figure(point.cost.mean, unit, half(point.cost)),
    spread(point.metric),
    String(point.cost.n),
  ];
  const rows = front.includes(chosen) ? front : [...front, chosen];
  const what = unit === "J" ? `energy: ${basisText(basis)}` : "no energy was measured: cost is the duration";
  const limit = drop.kind === "relative" ? `${drop.value * 100} %` : `${drop.value}`;
  return [
    `${points.length} configurations, ${metric} (${goal === "max" ? "high" : "low"} is better), ${what}\n`,
    leftOut > 0 ? `${leftOut} runs left out: failed, suspect or flagged with an error\n` : "",
    `\n${table(["", "not beaten by any other", unit === "J" ? "energy" : "duration", metric, "n"], rows.map(line))}\n`,
    chosen === best
      ? `No configuration within ${limit} of the best ${metric} takes less.\n`
      : `Within ${limit} of the best ${metric}, ${chosen.configuration.label} takes ${change(chosen, best)}: ${metricSentence(
          { name: metric, means: [best.y, chosen.y], ...meanDifference(chosen.metric, best.metric) },
        )}\n`,
    chosen === best ? `Next: ea report ${shellWords(sessions)}\n` : `Next: ea compare ${id(best)} ${id(chosen)}\n`,
  ].join("");
}

function change(chosen: TradeOffPoint, best: TradeOffPoint): string {
  const found = relativeChange(chosen.cost, best.cost);
  if (!found) return "less";
  const [low, high] = found.interval95 ?? [];
  const half = low === undefined || high === undefined ? undefined : (100 * (high - low)) / 2;
  return `${figure(-100 * found.change, "%", half)} less`;
}

function spread({ mean, interval95 }: Sample): string {
  if (!interval95) return String(Number(mean.toPrecision(5)));
  const half = (interval95[1] - interval95[0]) / 2;
  return `${Number(mean.toPrecision(5))} ± ${Number(half.toPrecision(2))}`;
}

function id({ configuration }: TradeOffPoint): string {
  return configuration.records[0]?.experiment_id ?? "";
}
