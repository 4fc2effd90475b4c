import { expect, test } from "vitest";
import { outcomeToJson, RecordJson } from "../src/record.ts";
import { EXAMPLE_ATTEMPT, EXAMPLE_ENVIRONMENT, EXAMPLE_ROW, exampleOutcome } from "./example-outcome.ts";

test("what is written can be read", () => {
  const json = outcomeToJson(exampleOutcome());
  expect(RecordJson.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
});

test("every field of the original's record is there, under its name", () => {
  expect(outcomeToJson(exampleOutcome())).toMatchObject({
    experiment_id: "20260303_091407_lr_007_digits_mlp_0123abcd",
    timestamp: "2026-03-03T09:14:07.791+08:00",
    repository: "digits",
    model: "mlp",
    hyperparameters: { learning_rate: 1e-7, epochs: 3, nesterov: true, optimizer: "adam", warmup: null },
    duration_seconds: 12.2,
    energy_metrics: { cpu_energy_pkg_joules: 100.5, cpu_energy_ram_joules: null, cpu_energy_total_joules: null },
    performance_metrics: { test_accuracy: 0.97 },
    training_success: true,
    retries: 0,
    error_message: "",
  });
});

test("duration, energy and outcome are the last attempt's; every attempt is kept", () => {
  const failed = {
    ...EXAMPLE_ATTEMPT,
    status: "failed",
    failureClass: "crash",
    durationSeconds: 1,
    errorMessage: "exit status 1",
    energy: [],
  } as const;
  const last = { ...EXAMPLE_ATTEMPT, attempt: 2 };
  const json = outcomeToJson({
    row: EXAMPLE_ROW,
    attempts: [failed, last],
    environment: EXAMPLE_ENVIRONMENT,
    flags: [],
  });
  expect(json).toMatchObject({ retries: 1, duration_seconds: 12.2, training_success: true, failure_class: null });
  expect(json.energy).toHaveLength(3);
  expect(json.attempts.map(({ failure_class }) => failure_class)).toEqual(["crash", null]);
});

test.each([
  ["success", true],
  ["failed", false],
  ["suspect", false],
] as const)("%s is training success: %s", (status, success) => {
  expect(outcomeToJson(exampleOutcome({}, { status }))).toMatchObject({ status, training_success: success });
});

test("flags of the row stand before those of the last attempt", () => {
  const flag = { code: "contaminated", severity: "error", message: "", evidence: {} } as const;
  const json = outcomeToJson({ ...exampleOutcome(), flags: [flag] });
  expect(json.flags.map(({ code }) => code)).toEqual(["contaminated", "metric-missing"]);
});

test("fields that we do not know are kept", () => {
  const json = { ...outcomeToJson(exampleOutcome()), laboratory: { room: 7 } };
  expect(RecordJson.parse(json)).toEqual(json);
});

test.each([
  ["schema_version", 2],
  ["training_success", "true"],
  ["retries", -1],
  ["hyperparameters", { learning_rate: [1] }],
  ["energy_metrics", null],
  ["timestamp", "yesterday"],
])("%s of %j is refused", (field, value) => {
  expect(RecordJson.safeParse({ ...outcomeToJson(exampleOutcome()), [field]: value }).success).toBe(false);
});
