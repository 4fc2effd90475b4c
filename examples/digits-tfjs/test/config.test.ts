import { expect, test } from "vitest";
import config from "../../../config/models_config.json" with { type: "json" };
import { hiddenUnits } from "../src/architectures.mjs";
import { parseOptions } from "../src/options.mjs";

const { models, supported_hyperparams: hyperparams } = config.models.digits;

test("the config names the models that there are", () => {
  expect(models).toEqual([...hiddenUnits.keys()]);
});

test("the config's defaults are the trainer's", () => {
  const flags = Object.values(hyperparams).flatMap((param) => [param.flag, String(param.default)]);
  expect(parseOptions(flags)).toEqual(parseOptions([]));
  expect(parseOptions([])).toMatchObject({ model: models[0] });
});

test.each(Object.values(hyperparams))("the trainer takes both ends of the range of $flag", ({ flag, range }) => {
  for (const end of range) expect(() => parseOptions([flag, String(end)])).not.toThrow();
});
