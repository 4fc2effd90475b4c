import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "FAULT_KINDS",
      "bandLimitedPower",
      "counterReadings",
      "nvidiaSmiRows",
      "perfText",
      "seededRandom",
      "squareWavePower",
    ]
  `);
});
