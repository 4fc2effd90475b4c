import { isAbsent } from "../absent.ts";
import type { Outcome, RunFigures } from "../study/study-run.ts";
import { type Fitted, regress } from "./regression.ts";

/** Regressions whose criterion differs by less are as good as each other (Burnham and Anderson 2002, 2.6). */
const WORTH_A_PARAMETER = 2;

/**
 * Adds the parameter that lowers AICc most, until none lowers it by two (forward selection; Efroymson 1960, Mathematical
 * Methods for Digital Computers 17). Intervals of what was selected are narrower than those of a regression that was fixed
 * beforehand.
 *
 * @returns `undefined` when no parameter is worth it.
 */
export function selectParameters(
  runs: readonly RunFigures[],
  outcome: Outcome,
  parameters: readonly string[],
): Fitted | undefined {
  const none = regress(runs, outcome, []);
  if (isAbsent(none)) return undefined;
  let aicc = none.regression.aicc;
  let best: Fitted | undefined;
  let left = parameters;
  for (;;) {
    const chosen: readonly string[] = best?.regression.parameters ?? [];
    const tried = left.flatMap((name) => {
      const fitted = regress(runs, outcome, [...chosen, name]);
      return isAbsent(fitted) || fitted.regression.parameters.length <= chosen.length ? [] : [{ name, fitted }];
    });
    const [next] = tried.toSorted((a, b) => a.fitted.regression.aicc - b.fitted.regression.aicc);
    if (!next || next.fitted.regression.aicc > aicc - WORTH_A_PARAMETER) return best;
    best = next.fitted;
    aicc = next.fitted.regression.aicc;
    left = left.filter((name) => name !== next.name);
  }
}
