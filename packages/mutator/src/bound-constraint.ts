import { type Axis, type Box, INACTIVE, type Indices, takesPart, valueAt } from "./axis.ts";
import { boundsOf } from "./choice-lattice.ts";
import { MutatorError } from "./errors.ts";
import { holds, type LinearConstraint, verdict } from "./linear-constraint.ts";
import { show } from "./show.ts";

/** What a constraint says about all points of a region. */
export type Verdict = ReturnType<typeof verdict>;

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

interface BoundTerm {
  readonly position: number;
  readonly axis: Axis;
  /** The number that stands for the value at an index. */
  readonly number: (index: number) => number;
  readonly bounds: (from: number, to: number) => readonly [lowest: number, highest: number];
}

/**
 * Finds the axes of a constraint. Numbers are compared as numbers, booleans as 0 and 1; texts only for `==` and `!=`.
 * @throws MutatorError `BAD_CONSTRAINT` for names that are not there and texts that would have to be added.
 */
export function bindConstraint(constraint: LinearConstraint, axes: readonly Axis[]): BoundConstraint {
  const terms = bindTerms(constraint, axes);
  const numbers = terms.map(() => 0);
  const [lows, highs] = [[...numbers], [...numbers]];
  return {
    text: constraint.text,
    meaning: JSON.stringify([constraint.terms, constraint.operator, constraint.bound]),
    axes: terms.map(({ position }) => position),
    holds: (indices) => {
      for (const [term, { position, number }] of terms.entries()) {
        const index = indices[position] ?? INACTIVE;
        if (index === INACTIVE) return true;
        numbers[term] = number(index);
      }
      return holds(constraint, numbers);
    },
    verdict: (box) => {
      let isSure = true; // that every parameter takes part
      for (const [term, { position, axis, number, bounds }] of terms.entries()) {
        const part = takesPart(axis, box);
        const from = box.from[position] ?? INACTIVE;
        if (part === false || from === INACTIVE) return "always";
        if (part === undefined) isSure = false;
        const to = box.to[position] ?? 0;
        if (to - from === 1) {
          lows[term] = number(from);
          highs[term] = lows[term];
        } else {
          [lows[term], highs[term]] = bounds(from, to);
        }
      }
      const found = verdict(constraint, lows, highs);
      return found === "never" && !isSure ? "sometimes" : found;
    },
  };
}

function bindTerms(constraint: LinearConstraint, axes: readonly Axis[]): readonly BoundTerm[] {
  const found = constraint.terms.map(({ name }) => {
    const position = axes.findIndex((axis) => axis.name === name);
    const axis = axes[position];
    if (axis) return { position, axis };
    const known = axes.map(({ name: other }) => other).sort();
    throw refusal(constraint, `drawable parameters (${known.join(", ")})`, show(name));
  });
  const texts = found.filter(({ axis }) => !isNumeric(axis)).map(({ axis }) => axis.name);
  if (texts.length > 0 && !isEquality(constraint)) {
    throw refusal(constraint, "numbers, or == or != between two parameters", `texts in ${texts.join(", ")}`);
  }
  const codes = codesOf(found.flatMap(({ axis }) => (axis.parameter.type === "categorical" ? textsOf(axis) : [])));
  return found.map(({ position, axis }) => {
    const { lattice } = axis;
    if (texts.length === 0)
      return { position, axis, number: (index) => Number(valueAt(axis, index)), bounds: lattice.bounds };
    const number = (index: number): number => codes.get(String(valueAt(axis, index))) ?? NO_CODE;
    return { position, axis, number, bounds: codeBounds(axis, codes) };
  });
}

/** Stands for the values of a number or bool that no categorical spells; they may be too many to number them. */
const NO_CODE = -1;

function textsOf({ lattice, outside }: Axis): readonly string[] {
  const texts = Array.from({ length: lattice.size }, (_, index) => String(lattice.value(index)));
  return outside === undefined ? texts : [...texts, String(outside)];
}

function codesOf(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(texts)].map((text, code) => [text, code]));
}

function codeBounds({ lattice }: Axis, codes: ReadonlyMap<string, number>): BoundTerm["bounds"] {
  const coded = [...codes].flatMap(([text, code]) => {
    const index = lattice.indexOf(text) ?? lattice.indexOf(Number(text));
    return index !== undefined && String(lattice.value(index)) === text ? [{ index, code }] : [];
  });
  return (from, to) => {
    const inside = coded.filter(({ index }) => index >= from && index < to).map(({ code }) => code);
    return boundsOf(inside.length < to - from ? [...inside, NO_CODE] : inside);
  };
}

function refusal({ text }: LinearConstraint, expected: string, found: string): MutatorError {
  return new MutatorError("BAD_CONSTRAINT", `Expected ${expected} in ${show(text)}, found ${found}`);
}

function isNumeric({ lattice, parameter }: Axis): boolean {
  if (parameter.type !== "categorical") return true;
  return Array.from({ length: lattice.size }, (_, index) => lattice.value(index)).every(
    (value) => typeof value !== "string",
  );
}

function isEquality({ terms: [a, b, ...rest], operator, bound }: LinearConstraint): boolean {
  const isPair = a !== undefined && b !== undefined && rest.length === 0 && a.coefficient === -b.coefficient;
  return isPair && bound === 0 && (operator === "==" || operator === "!=");
}

/** The error for constraints that leave nothing, or nothing that can be found. */
export function unsatisfied(
  code: "UNSATISFIABLE" | "TOO_CONSTRAINED",
  constraints: readonly BoundConstraint[],
  found: string,
): MutatorError {
  const texts = constraints.map(({ text }) => show(text)).join(" and ");
  return new MutatorError(code, `Expected configurations that satisfy ${texts}, found ${found}`);
}
