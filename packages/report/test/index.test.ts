import { expect, test } from "vitest";

test("what the package offers", async () => {
  expect(Object.keys(await import("../src/index.ts"))).toMatchInlineSnapshot(`
    [
      "renderCharts",
      "renderMarkdown",
      "renderReport",
      "traceChannel",
    ]
  `);
});
