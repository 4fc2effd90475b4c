import { random, type Strategy } from "@ea/mutator";
import { evolve, grid, oneAtATime, type Result, sobol } from "@ea/mutator/strategies";
import type { Settings } from "./settings.ts";

/** The strategy of a session; `evolve` breeds from earlier results. */
export function strategyOf(
  { strategy, objectives }: Pick<Settings, "strategy" | "objectives">,
  results: readonly Result[],
): Strategy {
  if (strategy === "evolve") return evolve({ objectives, results });
  return { random, grid, "one-at-a-time": oneAtATime, sobol }[strategy];
}
