import type { Comparison } from "./compare.ts";
import { type MeasureRequest, shellWords } from "./measure-request.ts";

const MANY_RUNS = 10;

/** The command that makes sense after a measurement that went well; `argv` is what stood after `--`. */
export function nextMeasure(
  { subjects, runs }: Pick<MeasureRequest, "subjects" | "runs">,
  comparisons: readonly Comparison[],
  argv: readonly string[] | undefined,
): string {
  const commands = argv ? `-- ${shellWords(argv)}` : shellWords(subjects.map(({ label }) => label));
  if (runs < MANY_RUNS) return `ea measure --runs ${MANY_RUNS} ${commands}`;
  if (subjects.length === 1) {
    return `ea measure --runs ${runs} ${shellWords(subjects.map(({ label }) => label))} ANOTHER, to see which needs less`;
  }
  const isUndecided = comparisons.some(({ verdict }) => verdict === "undecided");
  return isUndecided
    ? `ea measure --runs ${4 * runs} ${commands}`
    : "ea init SCRIPT, to try hyperparameters of a training";
}
