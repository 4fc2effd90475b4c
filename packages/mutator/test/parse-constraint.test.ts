import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import type { LinearConstraint } from "../src/linear-constraint.ts";
import { parseConstraint } from "../src/parse-constraint.ts";

/** What a text means, without the text. */
function meaning({ terms, operator, bound }: LinearConstraint): unknown[] {
  return [Object.fromEntries(terms.map(({ name, coefficient }) => [name, coefficient])), operator, bound];
}

test.each<[string, Record<string, number>, string, number]>([
  ["warmup_epochs < epochs", { epochs: 1, warmup_epochs: -1 }, ">", 0],
  ["2 * layers + heads <= 24", { heads: 1, layers: 2 }, "<=", 24],
  ["layers*2+heads<=24", { heads: 1, layers: 2 }, "<=", 24],
  ["min_lr <= 0.1 * learning_rate", { learning_rate: 0.1, min_lr: -1 }, ">=", 0],
  ["train + val + test == 1", { test: 1, train: 1, val: 1 }, "==", 1],
  ["encoder != decoder", { decoder: 1, encoder: -1 }, "!=", 0],
  ["-a + 3 >= 2*b - 1e-3", { a: 1, b: 2 }, "<=", 3.001],
  ["1 <= a", { a: 1 }, ">=", 1],
  ["a > .5", { a: 1 }, ">", 0.5],
  ["a > 5.", { a: 1 }, ">", 5],
  ["a > 1E+2", { a: 1 }, ">", 100],
  ["a - -2 * b > -1", { a: 1, b: 2 }, ">", -1],
  ["a * -2 > 0", { a: 2 }, "<", 0],
  ["- - a < 1", { a: 1 }, "<", 1],
  ["0.1*a + 0.2*a < 1", { a: 0.3 }, "<", 1],
  ["a + 0.1 < 0.3 - b", { a: 1, b: 1 }, "<", 0.2],
  ["0 * a + b < a - a", { b: 1 }, "<", 0],
  ["b + a_1 + B + ä < 0", { B: 1, a_1: 1, b: 1, ä: 1 }, "<", 0],
  ["model.layers.0 < 層数", { "model.layers.0": 1, 層数: -1 }, "<", 0],
  ["`learning-rate` <= 1", { "learning-rate": 1 }, "<=", 1],
  ["` < `+`2`*3 <= `+`", { " < ": 1, "+": -1, "2": 3 }, "<=", 0],
  ["\t a\n<\r\n1 ", { a: 1 }, "<", 1],
  ["e5 < 1e5", { e5: 1 }, "<", 100000],
  ["NaN < Infinity", { Infinity: 1, NaN: -1 }, ">", 0],
  ["constructor < toString", { constructor: 1, toString: -1 }, "<", 0],
])("%j is read", (text, terms, operator, bound) => {
  expect(meaning(parseConstraint(text))).toEqual([terms, operator, bound]);
});

test("both sides may be swapped: the first coefficient is positive", () => {
  const [one, other] = [parseConstraint("a < 2 * b - 1"), parseConstraint("-1 + 2*b > a")];
  expect(meaning(one)).toEqual(meaning(other));
  expect(meaning(one)).toEqual([{ a: 1, b: -2 }, "<", -1]);
});

test("the text stays as written", () => {
  expect(parseConstraint(" a<b ").text).toBe(" a<b ");
});

test("terms are in order of code units", () => {
  const { terms } = parseConstraint("b + a + B + ä + `😀` + `\uffff` < 0");
  expect(terms.map(({ name }) => name)).toEqual(["B", "a", "b", "ä", "😀", "\uffff"]);
});

test("a bound of nothing is 0, not -0", () => {
  expect(parseConstraint("a < -0").bound).toBe(0);
});

describe("refused", () => {
  const OPERATOR = '"+", "-" or one of <= == != >= < >';
  const TERM = "a number, a name or their product";
  test.each([
    ["a + b <= * c", `Expected ${TERM} at position 9 in "a + b <= * c", found "* c"`],
    ["", `Expected ${TERM} at position 0 in "", found nothing`],
    ["a <=", `Expected ${TERM} at position 4 in "a <=", found nothing`],
    ["a", `Expected ${OPERATOR} at position 1 in "a", found nothing`],
    ["a = 1", `Expected ${OPERATOR} at position 2 in "a = 1", found "= 1"`],
    ["1 <= a <= b", 'Expected "+", "-" or the end at position 7 in "1 <= a <= b", found "<= b"'],
    ["a * b < 1", 'Expected a number, a name or their product at position 4 in "a * b < 1", found "b < 1"'],
    ["2 * 3 < a", 'Expected a number, a name or their product at position 4 in "2 * 3 < a", found "3 < a"'],
    ["2 * a * 3 < 1", 'Expected a number, a name or their product at position 8 in "2 * a * 3 < 1", found "3 < 1"'],
    ["2a < 1", `Expected ${OPERATOR} at position 1 in "2a < 1", found "a < 1"`],
    ["a / 2 < 1", `Expected ${OPERATOR} at position 2 in "a / 2 < 1", found "/ 2 < 1"`],
    ["(a + b) < 1", `Expected ${TERM} at position 0 in "(a + b) < 1", found "(a + b) < 1"`],
    ["2 * (a) < 1", 'Expected a number, a name or their product at position 4 in "2 * (a) < 1", found "(a) < 1"'],
    ["a < `b", `Expected ${TERM} at position 4 in "a < \`b", found "\`b"`],
    ["`` < 1", `Expected ${TERM} at position 0 in "\`\` < 1", found "\`\` < 1"`],
    ["😀 < 1", `Expected ${TERM} at position 0 in "😀 < 1", found "😀 < 1"`],
    ["a ≤ 1", `Expected ${OPERATOR} at position 2 in "a ≤ 1", found "≤ 1"`],
    ["a < 1e999", 'Expected numbers of at most 15 digits from 5e-324 to 1.8e308, found "1e999"'],
    ["a < 1e-999", 'Expected numbers of at most 15 digits from 5e-324 to 1.8e308, found "1e-999"'],
    ["a <= a", 'Expected a constraint on a parameter, found "a <= a"'],
    ["1 < 2", 'Expected a constraint on a parameter, found "1 < 2"'],
    ["0 * a < 2", 'Expected a constraint on a parameter, found "0 * a < 2"'],
    ["1e17*a < 0.1*a", 'Expected numbers of at most 15 digits from 5e-324 to 1.8e308, found "1e17*a < 0.1*a"'],
    ["a < 1e308 + 1e308", 'Expected numbers of at most 15 digits from 5e-324 to 1.8e308, found "a < 1e308 + 1e308"'],
  ])("%j", (text, message) => {
    expect(() => parseConstraint(text)).toThrow(new MutatorError("BAD_CONSTRAINT", message));
  });
});

test("what is printed is read back", () => {
  const name = fc.string({ unit: "binary", minLength: 1 }).filter((text) => !text.includes("`"));
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const coefficients = fc.dictionary(
    name,
    finite.map((value) => value || 1),
    { minKeys: 1, maxKeys: 5, noNullPrototype: true },
  );
  const operators = fc.constantFrom("<", "<=", "==", "!=", ">=", ">");
  const mirrored = { "<": ">", "<=": ">=", "==": "==", "!=": "!=", ">=": "<=", ">": "<" };
  const law = fc.property(coefficients, operators, finite, (record, operator, bound) => {
    const terms = Object.entries(record).map(([key, coefficient]) => ({ name: key, coefficient }));
    const sum = terms.map((term) => `${term.coefficient} * \`${term.name}\``).join(" + ");
    const text = `${sum} ${operator} ${bound}`;
    const inOrder = terms.sort((a, b) => (a.name < b.name ? -1 : 1));
    const expected =
      (inOrder[0]?.coefficient ?? 0) > 0
        ? { text, terms: inOrder, operator, bound }
        : {
            text,
            terms: inOrder.map((term) => ({ ...term, coefficient: -term.coefficient })),
            operator: mirrored[operator],
            bound: 0 - bound,
          };
    expect(parseConstraint(text)).toEqual(expected);
  });
  fc.assert(law, { seed: 1, numRuns: 500 });
});

describe("hostile text", () => {
  function outcome(text: string): unknown {
    try {
      return parseConstraint(text).operator;
    } catch (error) {
      return error instanceof MutatorError ? error.code : error;
    }
  }

  test("is a constraint or refused, whatever it is", () => {
    const piece = fc.constantFrom(
      ..."a `b` b` ` 1 .5 1e 1e999 0 1e308 5e-324 + - * / ( ) < <= == = ! != > \n 😀 \ud83d . é".split(" "),
    );
    const soup = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), soup);
    const law = fc.property(text, (found) => {
      expect(["<", "<=", "==", "!=", ">=", ">", "BAD_CONSTRAINT"]).toContain(outcome(found));
    });
    fc.assert(law, { seed: 1, numRuns: 5000 });
  });

  const pieces = "( - ` `` 1 1. . 1e 9e a a* a+ a< < = ! 1e308+5e-324+a+ 😀 \ud83d é".split(" ");
  test.each([...pieces, " ", "\t\n"])("%j 100,000 times over is refused soon", { timeout: 5000 }, (piece) => {
    expect(() => parseConstraint(piece.repeat(100_000))).toThrow(MutatorError);
  });

  test("a message stays short", () => {
    expect(() => parseConstraint("a".repeat(100_000))).toThrow(/^.{0,400}$/u);
  });

  test("a long constraint is read", { timeout: 5000 }, () => {
    expect(meaning(parseConstraint(`${"0.1*a + ".repeat(50_000)}1e308 >= 5e-324*b`))).toEqual([
      { a: 5000, b: -5e-324 },
      ">=",
      -1e308,
    ]);
  });
});
