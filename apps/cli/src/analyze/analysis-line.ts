import { analyzeStudy, isAbsent } from "@ea/analysis";
import type { ReadStudy } from "./read-study.ts";
import { rSquaredText } from "./share-text.ts";

/** Fewer runs explain their energy by chance. */
const MIN_RUNS = 8;
/** Longer sessions are worth a command of their own. */
const MAX_RUNS = 1000;

/** What explains the energy of a session, by model: `Energy of digits/mlp: epochs + batch_size explain its logarithm, R² 0.95, n = 12`. */
export function analysisLine({ runs, findings }: ReadStudy): string | undefined {
  if (runs.length < MIN_RUNS || runs.length > MAX_RUNS) return undefined;
  const { groups } = analyzeStudy(runs, { findings, resamples: 1 });
  const texts = groups.flatMap(({ group, effects, basis }) => {
    const joules = effects.find(({ outcome }) => outcome === "joules")?.selected;
    if (!joules || isAbsent(joules) || joules.n < MIN_RUNS || joules.parameters.length === 0) return [];
    const { parameters, rSquared, n } = joules;
    const verb = parameters.length === 1 ? "explains" : "explain";
    const what = basis.kind === "estimate" ? "Estimated energy" : "Energy";
    return [
      `${what} of ${group}: ${parameters.join(" + ")} ${verb} its logarithm, R² ${rSquaredText(rSquared)}, n = ${n}`,
    ];
  });
  return texts.length === 0 ? undefined : `${texts.join("; ")}. More: ea analyze`;
}
