import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import { type ComparisonOperator, holds, type LinearConstraint, verdict } from "../src/linear-constraint.ts";

const OPERATORS: readonly ComparisonOperator[] = ["<", "<=", "==", "!=", ">=", ">"];

function constraint(coefficients: readonly number[], operator: ComparisonOperator, bound: number): LinearConstraint {
  const terms = coefficients.map((coefficient, index) => ({ name: `x${index}`, coefficient }));
  return { text: "", terms, operator, bound };
}

// The reference: every number as a whole number of 10^-400, read from its text
function units(value: number): bigint {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const magnitude = BigInt(whole + fraction) * 10n ** BigInt(400 + Number(exponent) - fraction.length);
  return sign === "-" ? -magnitude : magnitude;
}

function sumUnits({ terms }: LinearConstraint, values: readonly number[]): bigint {
  return terms.reduce((sum, { coefficient }, index) => sum + units(coefficient) * units(values[index] ?? 0), 0n);
}

function signAt(subject: LinearConstraint, values: readonly number[]): number {
  const difference = sumUnits(subject, values) - units(subject.bound) * 10n ** 400n;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

function satisfies(sign: number, operator: ComparisonOperator): boolean {
  const accepted = { "<": [-1], "<=": [-1, 0], "==": [0], "!=": [-1, 1], ">=": [0, 1], ">": [1] };
  return accepted[operator].includes(sign);
}

const written = fc
  .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -12, max: 3 }))
  .map(([integer, exponent]) => Number(`${integer}e${exponent}`) + 0);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const number = fc.oneof({ weight: 3, arbitrary: written }, finite);
const pairs = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 5 });
const operators = fc.constantFrom(...OPERATORS);

/** A bound at the sum itself, its neighbours in doubles and in the 15th digit, or anywhere. */
function boundNear(sum: bigint, nudge: number, elsewhere: number): number {
  const near = Number(`${sum}e-800`);
  const bounds = [
    near,
    near * (1 + 2 ** -52),
    near * (1 - 2 ** -52),
    Number(near.toPrecision(15)),
    near + 5e-324,
    elsewhere,
  ];
  const bound = bounds[nudge] ?? elsewhere;
  return Number.isFinite(bound) ? bound : elsewhere;
}

describe("holds", () => {
  test.each<[readonly number[], ComparisonOperator, number, readonly number[], boolean]>([
    [[1, 1], "==", 0.3, [0.1, 0.2], true],
    [[1, 1], "!=", 0.3, [0.1, 0.2], false],
    [[1, 1, 1], "==", 1, [0.7, 0.1, 0.2], true],
    [[1, -0.1], "<=", 0, [0.0003, 0.003], true],
    [[1, -1], "<", 0, [3, 3], false],
    [[1, -1], "<", 0, [3, 4], true],
    [[2, 1], "<=", 24, [8, 8], true],
    [[2, 1], "<=", 24, [8, 9], false],
    [[1], ">", 0.1, [0.1], false],
    [[1], ">", 0.1, [0.10000000000000002], true],
    [[1], ">=", 0.1, [0.1], true],
    [[1, 1], "<", 1, [1, -5e-324], true],
    [[1, 1], "==", 1e300, [1e300, 1e-300], false],
    [[1e308, -1e308], "==", 0, [10, 10], true],
    [[1e308, -1e308], ">", 0, [10, 9.999999999999998], true],
    [[5e-324], "==", 5e-24, [1e300], true],
    [[1e-200], "==", 0, [1e-200], false],
    [[1e-200], ">", 0, [1e-200], true],
  ])("coefficients %j %s %d at %j: %j", (coefficients, operator, bound, values, isHeld) => {
    expect(holds(constraint(coefficients, operator, bound), values)).toBe(isHeld);
  });

  test("agrees with whole numbers of 10^-400, near ties too", () => {
    const nudges = fc.integer({ min: 0, max: 5 });
    const law = fc.property(pairs, operators, nudges, number, (terms, operator, nudge, elsewhere) => {
      const coefficients = terms.map(([coefficient]) => coefficient || 1);
      const values = terms.map(([, value]) => value);
      const sum = sumUnits(constraint(coefficients, operator, 0), values);
      const subject = constraint(coefficients, operator, boundNear(sum, nudge, elsewhere));
      expect(holds(subject, values)).toBe(satisfies(signAt(subject, values), operator));
    });
    fc.assert(law, { seed: 1, numRuns: 5000 });
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined]])("%s for a value is refused", (value) => {
    const values = value === undefined ? [1] : [1, value];
    const error = new MutatorError("BAD_VALUE", `Expected a finite number, found ${value ?? "nothing"}`);
    expect(() => holds(constraint([1, 1], "<", 1), values)).toThrow(error);
  });
});

describe("verdict", () => {
  test.each<[readonly number[], ComparisonOperator, number, readonly number[], readonly number[], string]>([
    [[1, -1], "<", 0, [1, 5], [4, 9], "always"],
    [[1, -1], "<", 0, [1, 4], [4, 9], "sometimes"],
    [[1, -1], "<=", 0, [1, 4], [4, 9], "always"],
    [[1, -1], "<", 0, [9, 1], [10, 9], "never"],
    [[1, -1], "<=", 0, [9, 1], [10, 9], "sometimes"],
    [[1, -1], ">=", 0, [9, 1], [10, 9], "always"],
    [[1, -1], ">", 0, [9, 1], [10, 9], "sometimes"],
    [[1, 1], "==", 1, [0, 0], [0.5, 0.4], "never"],
    [[1, 1], "==", 1, [0, 0], [0.5, 0.5], "sometimes"],
    [[1, 1], "==", 0.3, [0.1, 0.2], [0.1, 0.2], "always"],
    [[1, 1], "!=", 0.3, [0.1, 0.2], [0.1, 0.2], "never"],
    [[1, 1], "!=", 1, [0, 0], [0.5, 0.4], "always"],
    [[1, 1], "!=", 1, [0, 0], [0.5, 0.5], "sometimes"],
  ])("coefficients %j %s %d from %j to %j: %s", (coefficients, operator, bound, lows, highs, expected) => {
    expect(verdict(constraint(coefficients, operator, bound), lows, highs)).toBe(expected);
  });

  const corner = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
  const boxes = fc.array(fc.tuple(number, number, number, fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 5,
  });

  test("agrees with the corners of the box, and holds with it at corners and inside", () => {
    const nudges = fc.integer({ min: 0, max: 5 });
    const law = fc.property(boxes, operators, corner, nudges, number, (box, operator, tie, nudge, elsewhere) => {
      const coefficients = box.map(([coefficient]) => coefficient || 1);
      const lows = box.map(([, a, b]) => Math.min(a, b));
      const highs = box.map(([, a, b]) => Math.max(a, b));
      const pick = (sides: readonly boolean[]) => sides.map((isHigh, axis) => (isHigh ? highs : lows)[axis] ?? 0);
      const all = Array.from({ length: 2 ** box.length }, (_, bits) =>
        pick(box.map((_axis, axis) => ((bits >> axis) & 1) === 1)),
      );
      const bound = boundNear(
        sumUnits(constraint(coefficients, operator, 0), pick(tie.slice(0, box.length))),
        nudge,
        elsewhere,
      );
      const subject = constraint(coefficients, operator, bound);

      const signs = all.map((point) => signAt(subject, point));
      // a sum is continuous, so it takes every sign between those of the corners
      const reached = [-1, 0, 1].filter((sign) => sign >= Math.min(...signs) && sign <= Math.max(...signs));
      const outcomes = new Set(reached.map((sign) => satisfies(sign, operator)));
      const certain = outcomes.has(true) ? "always" : "never";
      const expected = outcomes.size === 2 ? "sometimes" : certain;
      expect(verdict(subject, lows, highs)).toBe(expected);

      const inside = box.map(([, , , share], axis) => {
        const [low = 0, high = 0] = [lows[axis], highs[axis]];
        return Math.min(high, Math.max(low, low * (1 - share) + high * share));
      });
      const found = [...all, inside].map((point) => holds(subject, point));
      const contradictions = found.filter((isHeld) => expected === (isHeld ? "never" : "always"));
      expect(contradictions).toEqual([]);
    });
    fc.assert(law, { seed: 1, numRuns: 3000 });
  });
});
