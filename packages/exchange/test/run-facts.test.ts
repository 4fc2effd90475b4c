import { expect, it } from "vitest";
import { runFacts } from "../src/run-facts.ts";
import { FAILED, GOOD, SESSION } from "./example-records.ts";

it("has metrics, measured energies and, by its own name, the estimate; nothing for what is absent", () => {
  expect(runFacts(GOOD, SESSION).metrics).toEqual({
    test_accuracy: 0.97,
    loss: 0.5,
    cpu_energy_pkg_joules: 100.5,
    cpu_estimate_joules: 150,
    duration_seconds: 12.2,
  });
});

it("says estimate in the name of each energy that is one", () => {
  const names = ["wall", "dram", "gpu_model"];
  const energy = GOOD.energy.map((each, index) => ({ ...each, name: names[index] ?? "" }));
  const { metrics } = runFacts({ ...GOOD, energy }, SESSION);
  expect(metrics).toMatchObject({ gpu_model_estimate_joules: 150, wall_joules: 100.5 });
});

it("leaves out parameters that were not passed", () => {
  expect(runFacts(GOOD, SESSION).parameters).toEqual({
    learning_rate: 1e-7,
    epochs: 3,
    nesterov: true,
    optimizer: "adam",
  });
});

it("has each number of a series at its step; a number that was not finite is left out", () => {
  expect(runFacts(GOOD, SESSION).series).toEqual({
    loss: [
      { step: 1, value: 0.9 },
      { step: 3, value: 0.5 },
    ],
  });
});

it("says why an energy is missing", () => {
  const { tags } = runFacts(GOOD, SESSION);
  expect(JSON.parse(tags["energy"] ?? "")).toMatchObject([
    { name: "cpu_package", quality: "measured", uncertainty_joules: expect.any(Number) },
    { name: "dram", value: null, quality: "unavailable", reason: "no counter" },
    { name: "cpu_estimate", quality: "estimated" },
  ]);
});

it("says of a failed run how it failed", () => {
  expect(runFacts(FAILED, SESSION)).toMatchObject({
    isSuccess: false,
    tags: { status: "failed", failure_class: "crash", error_message: "exit code 3", retries: "1", session: SESSION },
  });
});
