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
      "evolution",
      "evolve",
      "grid",
      "isSeed",
      "mutations",
      "nonDominated",
      "oneAtATime",
      "parameterFields",
      "parseKey",
      "random",
      "replicationSeeds",
      "sobol",
      "spaceJsonSchema",
      "spaceNotices",
      "spaceSize",
      "subspace",
      "takeMutations",
    ]
  `);
});
