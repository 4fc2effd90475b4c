import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { configSchemas } from "../src/config-schemas.ts";

const ROOT = new URL("../../../", import.meta.url);
const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(path, ROOT), "utf8"));
const schemas = configSchemas();
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, validateFormats: false, strictTuples: false });
const isValid = { models: ajv.compile(schemas.models), experiment: ajv.compile(schemas.experiment) };

describe.each(["models", "experiment"] as const)("schemas/%s.schema.json", (name) => {
  it("is the schema that we read by; `vitest -u` writes it anew", async () => {
    const path = new URL(`packages/runner/schemas/${name}.schema.json`, ROOT).pathname;
    await expect(`${JSON.stringify(schemas[name], undefined, 2)}\n`).toMatchFileSnapshot(path);
  });
});

describe("the files of config/", () => {
  const settings = readdirSync(new URL("config/settings", ROOT)).map((name) => `config/settings/${name}`);

  it("satisfy their schemas", () => {
    expect([isValid.models(read("config/models_config.json")), isValid.models.errors]).toEqual([true, null]);
    for (const path of settings) expect([path, isValid.experiment(read(path))]).toEqual([path, true]);
  });

  it("do so no more with a typing error, and still with comments and $schema", () => {
    for (const path of settings) {
      expect(isValid.experiment({ ...read(path), runs_per_cfg: 3 })).toBe(false);
      expect(isValid.experiment({ ...read(path), $schema: "x.json", _why: [1], comment: "c" })).toBe(true);
    }
    expect(isValid.models({ ...read("config/models_config.json"), modles: {} })).toBe(false);
  });

  it("refuses a wrong name deep inside", () => {
    const repository = { path: "p", train_script: "t.py", models: ["m"], supported_hyperparams: {} };
    const lr = { type: "float", flag: "--lr", range: [0, 1] };
    const withLr = (fields: object): object => ({
      models: { r: { ...repository, supported_hyperparams: { _note: "of lr", lr: { ...lr, ...fields } } } },
    });
    expect(isValid.models(withLr({ comment: "c" }))).toBe(true);
    expect(isValid.models(withLr({ rnage: [0, 1] }))).toBe(false);
    expect(isValid.models({ models: { r: { ...repository, fatal_pattern: [] } } })).toBe(false);
    expect(isValid.experiment({ experiments: [{ repo: "r", modell: "m" }] })).toBe(false);
  });
});
