import { type CostBasis, isBeyondChance } from "@ea/analysis";
import { type Drift, driftOf } from "../model/drift.ts";
import type { Chapter } from "../model/report-data.ts";
import { driftHeight, optionDrift } from "../options/option-drift.ts";
import { associationText } from "../options/option-effects.ts";
import { clip } from "../text/clip.ts";
import { digits, percent } from "../text/digits.ts";
import { counted } from "../text/names.ts";
import type { Figure } from "./figure.ts";

/** Fewer runs show no drift. */
const FEWEST = 3;

/** Whether what was measured changed over the order of the runs; `undefined` with fewer than three. */
export function driftFigure(chapter: Chapter, basis: CostBasis): Figure | undefined {
  const drift = driftOf(chapter, basis);
  if (drift.points.length < FEWEST) return undefined;
  const level = drift.isPower
    ? basis.kind === "estimate"
      ? "Estimated mean power (W)"
      : "Mean power (W)"
    : "Duration (s)";
  return {
    id: "drift",
    title: "Drift over the order of the runs",
    note: `${level.replace(/ \(.*/, "")} of each run in the order of their starts${drift.deviation ? "; below, how far repetitions are from the mean of their configuration" : ""}. Different configurations differ in power by themselves.`,
    finding: driftSentence(drift, level.replace(/ \(.*/, "").toLowerCase()),
    table: {
      header: ["Order", "Run", level, "From the mean of its configuration"],
      rows: drift.points.map(({ run, level: value, deviation }, index) => [
        String(index + 1),
        clip(run.id, 200),
        digits(value, 4),
        deviation === null ? "–" : percent(deviation),
      ]),
    },
    height: () => driftHeight(drift),
    minWidth: 280,
    option: (view) => optionDrift(drift, basis, view),
  };
}

function driftSentence({ points, level, deviation }: Drift, name: string): string {
  const found = deviation ?? level;
  const what = deviation ? "the deviation of repetitions" : `the ${name}`;
  if (!found) return `${counted(points.length, "run")}: too few, or too much alike, to speak of a drift.`;
  const isDrift = isBeyondChance(found, 1);
  const words = isDrift
    ? `${what} ${found.value > 0 ? "rises" : "falls"} with the order of the runs`
    : `no drift to be seen in ${what}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${associationText(found)}).`;
}
