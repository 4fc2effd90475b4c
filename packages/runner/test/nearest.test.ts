import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nearest, suggestion } from "../src/nearest.ts";

const NAMES = ["epochs", "learning_rate", "lr", "batch_size"];

test.each([
  ["epoch", "epochs"],
  ["EPOCHS", "epochs"],
  ["learning-rate", "learning_rate"],
  ["learnign_rate", "learning_rate"],
  ["batch", "batch_size"],
  ["l", "lr"],
  ["batch_size_per_gpu", "batch_size"],
])("%s is most like %s", (name, expected) => {
  expect(nearest(name, NAMES)).toBe(expected);
});

test.each(["", "x", "ab", "momentum"])("%j is like none", (name) => {
  expect(nearest(name, NAMES)).toBeUndefined();
});

test("the first of equally near names wins", () => {
  expect(nearest("cat", ["bat", "rat"])).toBe("bat");
});

test("every candidate is nearest to itself", () => {
  const law = fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,12}$/), { minLength: 1 }), (names) => {
    for (const name of names) expect(nearest(name, names)).toBe(name);
  });
  fc.assert(law, { seed: 2, numRuns: 100 });
});

test("a suggestion names the nearest, or what is valid, or nothing when nothing is", () => {
  expect(suggestion("epoch", NAMES)).toBe('; did you mean "epochs"?');
  expect(suggestion("momentum", ["epochs", "lr"])).toBe("; valid: epochs, lr");
  expect(suggestion("momentum", [])).toBe("");
});
