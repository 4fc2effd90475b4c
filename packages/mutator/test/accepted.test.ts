import { describe, expect, test } from "vitest";
import { accepted } from "../src/accepted.ts";
import { MutatorError } from "../src/errors.ts";
import { mutations } from "../src/mutations.ts";

const space = { on: { type: "bool", value: true } } as const;

function answering(predicate: () => unknown): () => unknown {
  // @ts-expect-error: what people write in JavaScript
  return () => [...accepted(mutations(space, { seed: 1 }), predicate, 10)];
}

test("what is accepted is handed on, what is rejected is not", () => {
  expect(answering(() => true)()).toHaveLength(1);
  expect(answering(() => false)()).toEqual([]);
});

describe("refused", () => {
  test.each<[unknown, string]>([
    [undefined, "nothing"],
    [null, "null"],
    [1, "1"],
    ["true", '"true"'],
    [Promise.resolve(true), "a promise"],
  ])("the answer %o", (answer, found) => {
    const message = `Expected true or false from the predicate for on=true, found ${found}`;
    expect(answering(() => answer)).toThrow(new MutatorError("BAD_PREDICATE", message));
  });

  test.each<[unknown, string]>([
    [new Error("why"), "why"],
    ["why", '"why"'],
    [Object.create(null), "an object"],
    [undefined, "nothing"],
  ])("the error %o, which is the cause", (cause, found) => {
    const predicate = (): never => {
      throw cause;
    };
    const message = `Expected true or false from the predicate for on=true, found an error: ${found}`;
    expect(answering(predicate)).toThrow(expect.objectContaining({ code: "BAD_PREDICATE", message, cause }));
  });
});
