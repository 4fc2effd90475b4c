import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "MAX_MUTATION_ATTEMPTS",
      "MutatorError",
      "Parameter",
      "Space",
      "canonicalText",
      "canonicalValue",
      "configurationKey",
      "isSeed",
      "mutations",
      "parameterFields",
      "replicationSeeds",
      "spaceSize",
      "takeMutations",
    ]
  `);
});
