import { type RelativeChange, relativeChange, type Sample, sampleOf } from "@ea/analysis";
import { type Quantity, totalJoules } from "@ea/energy";
import { isComplete, type MeasuredRun } from "./measured-run.ts";

/** What can be said about a command and the first one in one figure. */
export interface Comparison {
  /** Name of a quantity, summed over its devices, or `duration`. */
  readonly name: string;
  readonly unit: "J" | "s";
  readonly isEstimate: boolean;
  /** Index of the command. */
  readonly command: number;
  /** Index of the command it is compared with. */
  readonly baseline: number;
  /** Runs behind it. */
  readonly n: readonly [command: number, baseline: number];
  readonly change: RelativeChange | undefined;
  readonly verdict: "less" | "more" | "undecided";
}

/** What is compared of a run. */
export interface ComparedRun extends Pick<MeasuredRun, "command" | "exitCode" | "isInterrupted" | "durationSeconds"> {
  readonly energies: readonly { readonly quantity: Quantity }[];
}

/** A figure of one run that may be compared. */
interface Figure {
  readonly name: string;
  readonly source: string;
  readonly isEstimate: boolean;
  readonly value: number;
}

/**
 * Every later command against the first one: each energy, then the duration. Measured and integrated energies only;
 * estimates when no command has anything else. Only figures of one source are compared.
 */
export function compare(subjects: readonly unknown[], runs: readonly ComparedRun[]): readonly Comparison[] {
  const complete = runs.filter(isComplete);
  const figures = complete.map((run) => ({ run, figures: figuresOf(run) }));
  const all = figures.flatMap((each) => each.figures);
  const hasMeasured = all.some(({ isEstimate }) => !isEstimate);
  const names = new Set(all.filter(({ isEstimate }) => isEstimate !== hasMeasured).map(({ name }) => name));
  const later = subjects.map((_, index) => index).slice(1);
  return [
    ...[...names].flatMap((name) =>
      later.flatMap((command) => {
        const of = (index: number): readonly Figure[] =>
          figures.flatMap((each) => (each.run.command === index ? each.figures.filter((it) => it.name === name) : []));
        const [own, other] = [of(command), of(0)];
        const sources = new Set([...own, ...other].map(({ source }) => source));
        if (sources.size !== 1) return [];
        const values = [own, other].map((list) => sampleOf(list.map(({ value }) => value)));
        return judged({ name, unit: "J", isEstimate: !hasMeasured, command, baseline: 0 }, values);
      }),
    ),
    ...later.flatMap((command) => {
      const values = [command, 0].map((index) =>
        sampleOf(complete.filter((run) => run.command === index).map(({ durationSeconds }) => durationSeconds)),
      );
      return judged({ name: "duration", unit: "s", isEstimate: false, command, baseline: 0 }, values);
    }),
  ];
}

function judged(
  what: Pick<Comparison, "name" | "unit" | "isEstimate" | "command" | "baseline">,
  [own, other]: readonly (Sample | undefined)[],
): readonly Comparison[] {
  if (!own || !other) return [];
  const change = relativeChange(own, other);
  const [low, high] = change?.interval95 ?? [-1, 1];
  const verdict = high < 0 ? "less" : low > 0 ? "more" : "undecided";
  return [{ ...what, n: [own.n, other.n], change, verdict }];
}

/** The energies of a run that are whole, summed over devices of one name. */
function figuresOf({ energies }: ComparedRun): readonly Figure[] {
  const quantities = energies.map(({ quantity }) => quantity);
  return [...new Set(quantities.map(({ name }) => name))].flatMap((name) => {
    const same = quantities.filter((quantity) => quantity.name === name);
    const value = totalJoules(same, name);
    if (value === null || same.some(({ quality }) => quality === "partial")) return [];
    const source = [...new Set(same.map((quantity) => quantity.source))].join(" ");
    return [{ name, source, value, isEstimate: same.some(({ quality }) => quality === "estimated") }];
  });
}
