import type { Plan, PlannedBackground, PlanRow } from "@ea/records";
import { columnWidths, seconds } from "./format.ts";

/** A plan for people, in pieces: what is asked for, every row, and the least time that the sleeps take. */
export function* planTable(plan: Plan): Generator<string, void> {
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

function sleepSeconds({ rows, policies }: Plan): number {
  let total = 0;
  rows.forEach((row, index) => {
    // No cool-down is planned where no sleeps are wanted at all
    if (policies["cool_down"] !== null) total += row.background?.headStartSeconds ?? 0;
    const previous = rows[index - 1];
    if (!previous) return;
    const isSame = previous.experiment === row.experiment;
    total += Number(isSame ? policies["run_sleep_seconds"] : policies["config_sleep_seconds"]);
  });
  return total;
}
