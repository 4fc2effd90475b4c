import { type Axis, type Box, INACTIVE, type Indices, NOWHERE, takesPart, valueAt } from "./axis.ts";
import { type MutatorError, mismatch } from "./errors.ts";
import { holds, type LinearConstraint, type Verdict, verdict } from "./linear-constraint.ts";
import { show } from "./show.ts";
import type { Value } from "./value.ts";

/** A constraint on the axes of a space; where one of its parameters takes no part, it is satisfied. */
export interface BoundConstraint {
  readonly text: string;
  /** One text for all its wordings. */
  readonly meaning: string;
  /** Positions of its parameters. */
  readonly axes: readonly number[];
  readonly holds: (indices: Indices) => boolean;
  /** About all points of a box. */
  readonly verdict: (box: Box) => Verdict;
}

/** What a constraint says where all its parameters take part. */
interface Comparison {
  readonly holds: (values: readonly (Value | undefined)[]) => boolean;
  readonly verdict: (box: Box) => Verdict;
}

/**
 * Finds the axes of a constraint. Numbers are compared as numbers, booleans as 0 and 1; texts only for `==` and `!=`.
 * @throws MutatorError `BAD_CONSTRAINT` for names that are not there and texts that would have to be added.
 */
export function bindConstraint(constraint: LinearConstraint, axes: readonly Axis[]): BoundConstraint {
  const terms = constraint.terms.map(({ name }): Axis => {
    const term = axes.find((axis) => axis.name === name);
    if (term) return term;
    const names = axes.map((axis) => axis.name).sort();
    throw refusal(constraint, `drawable parameters (${names.join(", ")})`, show(name));
  });
  const text = terms.find(isText);
  const compared = text ? compareTexts(constraint, terms, text) : compareNumbers(constraint, terms);
  return {
    text: constraint.text,
    meaning: JSON.stringify([constraint.terms, constraint.operator, constraint.bound]),
    axes: terms.map((term) => term.position),
    holds: (indices) => {
      const values = terms.map((axis) => valueAt(axis, indices[axis.position]));
      return values.includes(undefined) || compared.holds(values);
    },
    verdict: (box) => {
      let isSure = true; // that every parameter takes part
      for (const axis of terms) {
        const part = takesPart(axis, box);
        if (part === false) return "always";
        isSure &&= part === true;
      }
      const found = compared.verdict(box);
      return found === "never" && !isSure ? "sometimes" : found;
    },
  };
}

function isText(axis: Axis): boolean {
  // other values may be too many to list
  return axis.parameter.type === "categorical" && valuesOf(axis).some((value) => typeof value === "string");
}

function valuesOf({ lattice }: Axis): readonly Value[] {
  return Array.from({ length: lattice.size }, (_, index) => lattice.value(index));
}

function compareNumbers(constraint: LinearConstraint, terms: readonly Axis[]): Comparison {
  const lows = terms.map(() => 0);
  const highs = terms.map(() => 0); // kept: a search asks for millions of verdicts
  return {
    holds: (values) => holds(constraint, values.map(Number)),
    verdict: (box) => {
      for (const [term, { position, lattice }] of terms.entries()) {
        const [from, to] = box[position] ?? NOWHERE;
        [lows[term], highs[term]] = lattice.bounds(from, to);
      }
      return verdict(constraint, lows, highs);
    },
  };
}

/** Compares two parameters, of which `one` has texts: a number or boolean equals the text that spells it. */
function compareTexts(constraint: LinearConstraint, terms: readonly Axis[], one: Axis): Comparison {
  const other = terms.find((term) => term !== one);
  const [a = 0, b = 0] = constraint.terms.map((term) => term.coefficient);
  const isWanted = constraint.operator === "==";
  const isEquality = (isWanted || constraint.operator === "!=") && constraint.bound === 0 && a === -b;
  if (!other || terms.length > 2 || !isEquality) {
    throw refusal(constraint, "== or != between two parameters", `texts in ${one.name}`);
  }
  const { lattice } = other;
  const partners = valuesOf(one).map((value) => {
    const text = String(value);
    const places = [lattice.indexOf(text), lattice.indexOf(Number(text))];
    return places.find((place) => place !== undefined && String(lattice.value(place)) === text) ?? INACTIVE;
  });
  return {
    holds: ([first, second]) => (String(first) === String(second)) === isWanted,
    verdict: (box) => {
      const [from, to] = box[one.position] ?? NOWHERE;
      const [start, end] = box[other.position] ?? NOWHERE;
      const canBeEqual = partners.slice(from, to).some((partner) => partner >= start && partner < end);
      if (canBeEqual && (to - from) * (end - start) > 1) return "sometimes";
      return canBeEqual === isWanted ? "always" : "never";
    },
  };
}

function refusal(constraint: LinearConstraint, expected: string, found: string): MutatorError {
  return mismatch("BAD_CONSTRAINT", `${expected} in ${show(constraint.text)}`, found);
}

/** The error for constraints that leave nothing, or nothing that can be found. */
export function unsatisfied(
  code: "UNSATISFIABLE" | "TOO_CONSTRAINED",
  constraints: readonly BoundConstraint[],
  found: string,
): MutatorError {
  const texts = constraints.map((constraint) => show(constraint.text)).join(" and ");
  return mismatch(code, `configurations that satisfy ${texts}`, found);
}
