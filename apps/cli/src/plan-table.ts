import type { Plan, PlannedBackground, PlanRow } from "@ea/records";
import { type EstimatedRange, type PlanEstimate, sleepSeconds } from "@ea/runner";
import { columnWidths, joules, seconds } from "./format.ts";

/** A plan for people, in pieces: what is asked for, every row, the time that the sleeps take, and an estimate. */
export function* planTable(plan: Plan, estimate: PlanEstimate | undefined): Generator<string, void> {
  yield `Plan ${plan.session}, seed ${plan.seed}\n`;
  for (const [index, experiment] of plan.experiments.entries()) {
    const { repository, model, mode, mutate, space, foregroundMode, background } = experiment;
    const size = space.size === null ? "" : `, ${space.size} configurations in the space`;
    const words = foregroundMode === undefined ? mode : `${mode} (${foregroundMode})`;
    const parameters = mutate.length > 0 ? ` of ${mutate.join(", ")}` : "";
    yield `experiment ${index}: ${repository}/${model}, ${words}${parameters}${size}\n${besideLine(background)}`;
  }
  const names = new Set<string>();
  for (const { hyperparameters } of plan.rows) for (const name of Object.keys(hyperparameters)) names.add(name);
  const header = ["row", "experiment", "model", "repetition", ...names];
  const table = columnWidths(header);
  for (const row of plan.rows) table.add(cellsOf(row, names));
  yield `\n${table.line(header)}`;
  for (const row of plan.rows) yield table.line(cellsOf(row, names));
  yield `\n${plan.rows.length} runs; * is mutated. Sleeps alone take ${seconds(sleepSeconds(plan))}.\n`;
  if (estimate) yield estimateLine(estimate, plan.rows.length);
}

function cellsOf(row: PlanRow, names: Iterable<string>): readonly (string | undefined)[] {
  const cells = [String(row.row), String(row.experiment), `${row.repository}/${row.model}`, String(row.repetition)];
  return [...cells, ...[...names].map((name) => cell(row.hyperparameters[name], row.mutated.includes(name)))];
}

function besideLine(background: PlannedBackground | undefined): string {
  if (!background) return "";
  const { argv, repository, model, headStartSeconds } = background;
  return `  beside it: ${argv.join(" ")} (${repository}/${model}), ${headStartSeconds} s ahead\n`;
}

function cell(value: number | string | boolean | null | undefined, isMutated: boolean): string | undefined {
  return value === null || value === undefined ? undefined : `${String(value)}${isMutated ? " *" : ""}`;
}

/** What the plan takes by earlier runs, as one line. */
function estimateLine(estimate: PlanEstimate, planned: number): string {
  const { runs, earlierRuns, trainingSeconds, restSeconds, joules: energies } = estimate;
  const around = ({ low, median, high }: EstimatedRange, text: (value: number) => string): string =>
    low === high ? text(median) : `${text(median)} (${text(low)} to ${text(high)})`;
  const measured = Object.entries(energies).map(([name, range]) => `${name} ${around(range, joules)}`);
  const parts = [
    `trainings ${around(trainingSeconds, seconds)}`,
    `with rests ${seconds(trainingSeconds.median + restSeconds)}`,
    ...(measured.length > 0 ? measured : ["no energy was measured then"]),
  ];
  const which = runs === planned ? "" : `, for ${runs} of ${planned} runs`;
  return `By ${earlierRuns} earlier run${earlierRuns === 1 ? "" : "s"} here${which}: ${parts.join(", ")}.\n`;
}
