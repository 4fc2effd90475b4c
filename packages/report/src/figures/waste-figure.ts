import type { ReportData } from "../model/report-data.ts";
import { optionWaste, wasteHeight } from "../options/option-waste.ts";
import { percent } from "../text/digits.ts";
import { costWord, counted } from "../text/names.ts";
import { duration, inUnits } from "../text/scale.ts";
import type { Figure } from "./figure.ts";

/** What attempts that led to nothing have used; `undefined` when there were none. */
export function wasteFigure(data: ReportData): Figure | undefined {
  if (data.waste.length === 0) return undefined;
  return {
    id: "waste",
    title: "Wasted energy",
    note: "Attempts that did not end in a success: rows that failed, attempts before a retry, and suspect runs.",
    finding: wasteSentence(data),
    table: {
      header: ["Why", "Attempts", "Time", costWord(data.basis), "Without a figure"],
      rows: data.waste.map(({ failureClass, attempts, seconds, joules, withoutEnergy }) => [
        failureClass,
        String(attempts),
        duration(seconds),
        joules === null ? "–" : inUnits(joules, "J"),
        withoutEnergy === 0 ? "" : counted(withoutEnergy, "attempt"),
      ]),
    },
    height: () => wasteHeight(data),
    minWidth: 280,
    option: (view) => optionWaste(data, view),
  };
}

/** `3 of 40 attempts led to nothing and took 12 kJ, 4 % of the energy.` */
export function wasteSentence({ waste, total, basis }: ReportData): string {
  if (waste.length === 0) return `Of ${counted(total.attempts, "attempt")} none was in vain.`;
  const attempts = waste.reduce((sum, each) => sum + each.attempts, 0);
  const seconds = waste.reduce((sum, each) => sum + each.seconds, 0);
  const known = waste.flatMap(({ joules }) => joules ?? []);
  const joules = known.reduce((sum, each) => sum + each, 0);
  const start = `${attempts} of ${counted(total.attempts, "attempt")} led to nothing; they took ${duration(seconds)}`;
  if (known.length === 0 || total.joules === null || total.joules === 0) return `${start}.`;
  return `${start} and ${inUnits(joules, "J")}, ${percent(joules / total.joules)} of the ${costWord(basis)}.`;
}
