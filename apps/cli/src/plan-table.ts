import { type Plan, type PlannedBackground, planRowToJson, planToJson } from "@ea/records";
import { seconds, table } from "./format.ts";

/** A plan for people: what is asked for, every row, and the least time that the sleeps take. */
export function planTable(plan: Plan): string {
  const experiments = plan.experiments.map((experiment, index) => {
    const { repository, model, mode, mutate, space, foregroundMode, background } = experiment;
    const size = space.size === null ? "" : `, ${space.size} configurations in the space`;
    const words = foregroundMode === undefined ? mode : `${mode} (${foregroundMode})`;
    const parameters = mutate.length > 0 ? ` of ${mutate.join(", ")}` : "";
    return `experiment ${index}: ${repository}/${model}, ${words}${parameters}${size}\n${besideLine(background)}`;
  });
  const names = [...new Set(plan.rows.flatMap(({ hyperparameters }) => Object.keys(hyperparameters)))];
  const header = ["row", "experiment", "model", "repetition", ...names];
  const rows = plan.rows.map((row) => [
    String(row.row),
    String(row.experiment),
    `${row.repository}/${row.model}`,
    String(row.repetition),
    ...names.map((name) => cell(row.hyperparameters[name], row.mutated.includes(name))),
  ]);
  return [
    `Plan ${plan.session}, seed ${plan.seed}\n`,
    ...experiments,
    `\n${table(header, rows)}\n`,
    `${plan.rows.length} runs; * is mutated. Sleeps alone take ${seconds(sleepSeconds(plan))}.\n`,
  ].join("");
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

/** A plan for programs: the document of `--dry-run --json`. */
export function planDocument(plan: Plan): Record<string, unknown> {
  return { ...planToJson(plan), rows: plan.rows.map(planRowToJson) };
}
