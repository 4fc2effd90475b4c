import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "ExchangeError",
      "WANDB_SCRIPT",
      "importOriginal",
      "mlflowExport",
      "optunaJournal",
      "parquetTable",
      "prometheusText",
      "readEnergyDirectory",
      "wandbLine",
    ]
  `);
});
