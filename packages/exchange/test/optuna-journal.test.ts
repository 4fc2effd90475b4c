import { describe, expect, it } from "vitest";
import { optunaJournal } from "../src/optuna-journal.ts";
import { FAILED, GOOD, PLAN, STRANGE } from "./example-records.ts";

const entries = (records: readonly (typeof GOOD)[], options = {}): Record<string, unknown>[] =>
  [...optunaJournal([{ plan: PLAN, records }], options)].map((line): Record<string, unknown> => JSON.parse(line));

describe("a journal of Optuna", () => {
  it("begins with the study, its objectives and what the energy is", () => {
    expect(entries([GOOD]).slice(0, 3)).toMatchObject([
      { op_code: 0, study_name: "20260303_091407_lr/digits/mlp", directions: [1, 2] },
      { op_code: 3, study_id: 0, system_attr: { "study:metric_names": ["cpu_package (J)", "test_accuracy"] } },
      { op_code: 2, study_id: 0, user_attr: { "ea.energy": "cpu_package" } },
    ]);
  });

  it("has a complete trial for a run that succeeded", () => {
    expect(entries([GOOD])[3]).toMatchObject({
      op_code: 4,
      state: 1,
      values: [100.5, 0.97],
      params: { learning_rate: 1e-7 },
      user_attrs: { experiment_id: GOOD.experiment_id, flags: ["metric-missing"], metrics: { loss: 0.5 } },
    });
  });

  it("has a failed trial, without values, for one that failed", () => {
    const trial = entries([GOOD, FAILED])[4];
    expect(trial).toMatchObject({ state: 3, value: null, values: null, user_attrs: { "ea.failure_class": "crash" } });
  });

  it("has no complete trial without a value of each objective, and says why", () => {
    const blind = {
      ...GOOD,
      energy: GOOD.energy.map((each) => ({ ...each, ...(each.name === "cpu_package" && { value: null }) })),
    };
    expect(entries([GOOD, GOOD, blind])[5]).toMatchObject({
      state: 3,
      values: null,
      user_attrs: { "ea.status": "success", "ea.reason": "an objective has no value" },
    });
  });

  it("seeks the estimate only where nothing was measured, and says that it is one", () => {
    const estimated = { ...GOOD, energy: GOOD.energy.filter(({ name }) => name === "cpu_estimate") };
    expect(entries([estimated])[2]).toMatchObject({
      user_attr: { "ea.energy": "cpu_estimate (a model, not a measurement)" },
    });
  });

  it("takes another metric", () => {
    const [study, , , trial] = entries([GOOD], { metric: { name: "loss", goal: "min" } });
    expect([study?.["directions"], trial?.["values"]]).toEqual([
      [1, 1],
      [100.5, 0.5],
    ]);
  });

  it("has a study for each model, with one line for each operation, whatever the names", () => {
    const all = entries([GOOD, STRANGE, { ...GOOD, model: 'a"\nb' }]);
    expect(all.filter((entry) => entry["op_code"] === 0).map((entry) => entry["study_name"])).toEqual([
      "20260303_091407_lr/digits/mlp",
      '20260303_091407_lr/digits/a"\nb',
    ]);
  });

  it("is refused where there is nothing to seek", () => {
    expect(() => entries([{ ...FAILED, energy: [] }])).toThrow("expected a run with an energy or a metric, found none");
  });
});
