import type { CostBasis } from "@ea/analysis";
import type { Chapter } from "../model/report-data.ts";
import { optionSplit } from "../options/option-split.ts";
import { digits, percent } from "../text/digits.ts";
import { counted, partName } from "../text/names.ts";
import { inUnits } from "../text/scale.ts";
import type { Figure } from "./figure.ts";
import { costScale } from "./trade-off-figure.ts";

/** How energy divides among CPU, DRAM and GPU; `undefined` where fewer than two of them were measured. */
export function splitFigure(chapter: Chapter, basis: CostBasis): Figure | undefined {
  const runs = chapter.runs.filter(({ leftOut }) => leftOut === null);
  if (basis.kind !== "measured" || basis.parts.length < 2 || runs.length === 0) return undefined;
  const total = runs.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  const parts = basis.parts.map((name, index) => {
    const joules = runs.reduce((sum, run) => sum + (run.parts[index] ?? 0), 0);
    return {
      name: partName(name),
      joules,
      share: total > 0 ? joules / total : 0,
      watts: joules / runs.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  });
  return {
    id: "split",
    title: `Split: ${parts.map(({ name }) => name).join(", ")}`,
    note: "One column per run, by ascending energy.",
    finding: `Of ${inUnits(total, "J")} in ${counted(runs.length, "run")}: ${parts.map(({ name, share }) => `${name} ${percent(share)}`).join(", ")}.`,
    table: {
      header: ["Part", "Energy", "Share", "Mean power (W)"],
      rows: parts.map(({ name, joules, share, watts }) => [name, inUnits(joules, "J"), percent(share), digits(watts)]),
    },
    height: () => 260,
    minWidth: 280,
    option: (view) => optionSplit(chapter, basis, { ...view, scale: costScale(chapter, basis) }),
  };
}
