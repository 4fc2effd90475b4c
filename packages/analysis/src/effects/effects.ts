import { type Absent, absent, isAbsent } from "../absent.ts";
import { type RankCorrelation, rankCorrelation } from "../statistics/rank-correlation.ts";
import type { Outcome, RunFigures } from "../study/study-run.ts";
import { parameterNames, valueOf } from "./design.ts";
import { type Importances, permutationImportance } from "./permutation-importance.ts";
import { type Fitted, type Regression, regress } from "./regression.ts";
import { selectParameters } from "./select-parameters.ts";

/** How well the same parameters explain runs. */
export interface Explained {
  readonly n: number;
  readonly rSquared: number;
}

/** A regression of sound runs, and how well the same parameters explain all runs. */
export interface ComparedRegression extends Regression {
  /** Every run that was called a success, with the energy that was found for it. */
  readonly beforeQuarantine: Explained | Absent;
  /** The same runs with the energy that somebody published; of a study that was not imported there is none. */
  readonly asPublished: Explained | Absent;
}

/** One parameter by itself. */
export interface SingleEffect {
  readonly parameter: string;
  readonly regression: ComparedRegression | Absent;
  readonly spearman: RankCorrelation | Absent;
}

/** What parameters do to an outcome. */
export interface Effects {
  readonly outcome: Outcome;
  /** On all parameters that vary. */
  readonly full: ComparedRegression | Absent;
  /** On the few that are worth it, by AICc. */
  readonly selected: ComparedRegression | Absent;
  /** Each parameter alone, the one that explains most first. */
  readonly singles: readonly SingleEffect[];
  readonly importance: Importances | Absent;
}

/** The effects of parameters on an outcome in sound runs, beside all runs that were called a success. */
export function effectsOf(
  sound: readonly RunFigures[],
  claimed: readonly RunFigures[],
  outcome: Outcome,
  seed: string,
): Effects {
  const names = parameterNames(sound);
  const compared = (fitted: Fitted | Absent): ComparedRegression | Absent =>
    isAbsent(fitted) ? fitted : withOthers(fitted.regression, claimed, outcome);
  const full = regress(sound, outcome, names);
  const selected = isAbsent(full)
    ? selectParameters(sound, outcome, names)
    : selectParameters(sound, outcome, full.regression.parameters);
  const singles = names.map((parameter): SingleEffect => {
    return {
      parameter,
      regression: compared(regress(sound, outcome, [parameter])),
      spearman: spearmanOf(sound, outcome, parameter),
    };
  });
  const explained = ({ regression }: SingleEffect): number => (isAbsent(regression) ? -1 : regression.rSquared);
  return {
    outcome,
    full: compared(full),
    selected: selected ? compared(selected) : absent("no parameter is worth a slope"),
    singles: singles.toSorted((a, b) => explained(b) - explained(a)),
    importance: isAbsent(full)
      ? absent(full.reason)
      : permutationImportance(
          full,
          full.runs.map((run) => Math.log(run[outcome] ?? 1)),
          seed,
        ),
  };
}

function withOthers(regression: Regression, claimed: readonly RunFigures[], outcome: Outcome): ComparedRegression {
  const explained = (of: Outcome | "publishedJoules"): Explained | Absent => {
    const fitted = regress(claimed, of, regression.parameters);
    return isAbsent(fitted) ? fitted : { n: fitted.regression.n, rSquared: fitted.regression.rSquared };
  };
  return {
    ...regression,
    beforeQuarantine: explained(outcome),
    asPublished: outcome === "joules" ? explained("publishedJoules") : absent("only joules are compared"),
  };
}

function spearmanOf(runs: readonly RunFigures[], outcome: Outcome, parameter: string): RankCorrelation | Absent {
  const pairs = runs.flatMap((run) => {
    const [value, result] = [valueOf(run, parameter), run[outcome]];
    return typeof value === "number" && result !== undefined ? [{ value, result }] : [];
  });
  if (pairs.length === 0) return absent("it has no numbers");
  const found = rankCorrelation(
    pairs.map(({ value }) => value),
    pairs.map(({ result }) => result),
  );
  return (
    found ?? absent(pairs.length < 4 ? `${pairs.length} runs are too few: expected at least 4` : "it does not vary")
  );
}
