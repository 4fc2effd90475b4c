import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ParameterValue } from "../src/parameter-value.ts";
import { type Plan, PlanRowJson, planFromJson, planRowFromJson, planRowToJson, planToJson } from "../src/plan.ts";
import { SCHEMA_VERSION } from "../src/schema-version.ts";
import { EXAMPLE_BACKGROUND, EXAMPLE_ROW } from "./example-outcome.ts";

const PLAN: Plan = {
  toolVersion: "0.1.0",
  session: "20260303_091407_lr",
  seed: "42",
  warnings: ["Could only generate 1 unique mutations"],
  experiments: [
    {
      repository: "digits",
      model: "mlp",
      mode: "mutation",
      strategy: "random",
      mutate: ["learning_rate"],
      space: { size: "720000200", parameters: { learning_rate: { type: "float" } }, constraints: [] },
    },
  ],
  rows: [EXAMPLE_ROW, { ...EXAMPLE_ROW, row: 8 }],
  policies: { timeout_seconds: 3600 },
};

test("what is written of a row can be read", () => {
  const json = planRowToJson(EXAMPLE_ROW);
  expect(PlanRowJson.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
  expect(json).toMatchObject({ experiment_id: EXAMPLE_ROW.experimentId, probability: 0.25, repetition: 0, block: 0 });
});

test("a configuration that was not drawn has no probability", () => {
  expect(planRowToJson({ ...EXAMPLE_ROW, probability: undefined }).probability).toBeNull();
});

test("names that users gave to parameters are never changed", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))),
      (values) => {
        const json = planRowToJson({ ...EXAMPLE_ROW, hyperparameters: values });
        expect(PlanRowJson.parse(JSON.parse(JSON.stringify(json))).hyperparameters).toEqual({ ...values });
      },
    ),
    { seed: 42 },
  );
});

test("the plan without its rows says how many there are, and in which version", () => {
  const json = planToJson(PLAN);
  expect(json).toMatchObject({ schema_version: SCHEMA_VERSION, planned: 2, seed: "42", tool_version: "0.1.0" });
  expect(json).not.toHaveProperty("rows");
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
});

test.each([1, "adam", true, null])("%j is the value of a parameter", (value) => {
  expect(ParameterValue.parse(value)).toBe(value);
});

test.each([[[]], [{}], [undefined], [Number.NaN]])("%j is none", (value) => {
  expect(ParameterValue.safeParse(value).success).toBe(false);
});

test("the load beside a row of mode parallel survives a write and a read", () => {
  const row = { ...EXAMPLE_ROW, mode: "parallel", background: EXAMPLE_BACKGROUND } as const;
  expect(planRowFromJson(PlanRowJson.parse(planRowToJson(row)))).toEqual(row);
});

test("an experiment of mode parallel says how its foreground is trained and what is beside it", () => {
  const [experiment] = PLAN.experiments;
  if (!experiment) throw new Error("no experiment");
  const parallel = {
    ...experiment,
    mode: "parallel",
    foregroundMode: "mutation",
    background: EXAMPLE_BACKGROUND,
  } as const;
  const plan = { ...PLAN, experiments: [parallel] };
  const json = planToJson(plan);
  expect(json.experiments).toMatchObject([{ foreground_mode: "mutation", background: { model: "mlp_deep" } }]);
  expect(planFromJson(json, []).experiments).toEqual([parallel]);
});
