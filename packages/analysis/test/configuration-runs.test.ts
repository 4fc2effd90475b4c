import type { PlanRow } from "@ea/records";
import { expect, it } from "vitest";
import { byConfiguration, withKeys } from "../src/configuration-runs.ts";
import { record } from "./records.ts";

const seeded = (key: string, epochs: number, seed: number) => ({
  key,
  record: record([], {}, { hyperparameters: { epochs, seed } }),
});

it("runs of one key are one configuration, named by what they have in common", () => {
  const groups = byConfiguration([seeded("a", 3, 1), seeded("b", 5, 2), seeded("a", 3, 7)]);
  expect(groups.map(({ key, label, records }) => [key, label, records.length])).toEqual([
    ["a", "epochs=3", 2],
    ["b", "epochs=5 seed=2", 1],
  ]);
});

it("the same key of another model is another configuration, and what is not mutated is called by its name", () => {
  const other = { key: "a", record: record([], {}, { model: "cnn", mutated: [] }) };
  expect(byConfiguration([seeded("a", 3, 1), other]).map(({ model, label }) => [model, label])).toEqual([
    ["mlp", "epochs=3 seed=1"],
    ["cnn", "defaults"],
  ]);
});

it("the same key beside a load is another configuration, and is called so", () => {
  const repository = { path: "/digits", commit: null, dirty: null, script_sha256: null };
  const background = {
    repository: "digits",
    model: "cnn",
    hyperparameters: { epochs: 3 },
    key: "digits/cnn?epochs=3",
    argv: ["train.py"],
    working_copy: "auto",
    head_start_seconds: 30,
    environment: { repository, libraries: {}, variables: {} },
  } as const;
  const beside = {
    key: "a",
    record: { ...seeded("a", 3, 1).record, background: { ...background, argv: ["train.py"] } },
  };
  const groups = byConfiguration([seeded("a", 3, 1), beside, seeded("a", 3, 1)]);
  expect(groups.map(({ label, records }) => [label, records.length])).toEqual([
    ["epochs=3 seed=1", 2],
    ["epochs=3 seed=1 beside digits/cnn", 1],
  ]);
});

it("keys are those of the plan", () => {
  const row = (number: number, key: string): PlanRow => ({
    row: number,
    experiment: 0,
    experimentId: "id",
    repository: "digits",
    model: "mlp",
    mode: "mutation",
    hyperparameters: {},
    mutated: [],
    key,
    probability: undefined,
    repetition: 0,
    block: 0,
    argv: [],
  });
  const records = [record([], {}, { row: 1 }), record([], {}, { row: 9 })];
  expect(withKeys(records, [row(0, "a"), row(1, "b")]).map(({ key }) => key)).toEqual(["b"]);
});
