import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "INACTIVE",
      "MAX_MUTATION_ATTEMPTS",
      "MAX_TAKEN",
      "MutatorError",
      "OUTSIDE",
      "Parameter",
      "Space",
      "canonicalConfiguration",
      "canonicalText",
      "canonicalValue",
      "configurationKey",
      "isSeed",
      "mutations",
      "parameterFields",
      "parseConstraint",
      "parseKey",
      "random",
      "replicationSeeds",
      "spaceSize",
      "takeMutations",
    ]
  `);
});

test("the strategies are these and nothing else", async () => {
  expect(Object.keys(await import("../src/strategies.ts")).sort()).toMatchInlineSnapshot(`
    [
      "evolution",
      "evolve",
      "grid",
      "nonDominated",
      "oneAtATime",
      "sobol",
    ]
  `);
});
