import { energyMetrics } from "@ea/energy";
import { expect, test } from "vitest";
import { AttemptJson, attemptToJson, EnergyMetricsJson, energyMetricsToJson, FailureClass } from "../src/attempt.ts";
import { EXAMPLE_ATTEMPT } from "./example-outcome.ts";

test("what is written can be read", () => {
  const json = attemptToJson(EXAMPLE_ATTEMPT);
  expect(AttemptJson.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
});

test("what an attempt does not have is null", () => {
  const bare = { ...EXAMPLE_ATTEMPT, exitCode: undefined, trainingCpuSeconds: undefined };
  expect(attemptToJson(bare)).toMatchObject({
    failure_class: null,
    exit_code: null,
    signal: null,
    training_cpu_seconds: null,
  });
});

test("how it failed is kept", () => {
  const killed = { ...EXAMPLE_ATTEMPT, failureClass: "oom", signal: "SIGKILL", exitCode: undefined } as const;
  expect(attemptToJson(killed)).toMatchObject({ failure_class: "oom", signal: "SIGKILL", exit_code: null });
});

test("the 11 metrics have the original's names, and null for what is not known", () => {
  expect(energyMetricsToJson(energyMetrics([]))).toEqual({
    cpu_energy_pkg_joules: null,
    cpu_energy_ram_joules: null,
    cpu_energy_total_joules: null,
    gpu_power_avg_watts: null,
    gpu_power_max_watts: null,
    gpu_power_min_watts: null,
    gpu_energy_total_joules: null,
    gpu_temp_avg_celsius: null,
    gpu_temp_max_celsius: null,
    gpu_util_avg_percent: null,
    gpu_util_max_percent: null,
  });
});

test("a metric that is missing is no null", () => {
  const { gpu_util_max_percent: _, ...rest } = energyMetricsToJson(energyMetrics([]));
  expect(EnergyMetricsJson.safeParse(rest).success).toBe(false);
});

test("a failure has one of these classes", () => {
  expect(FailureClass.options).toEqual(
    "spawn interrupted preempted timeout stalled oom signal crash nan no-metric".split(" "),
  );
});

test.each([
  ["attempt", 0],
  ["started_at", "2026-03-03 09:14:07"],
  ["started_at", "2026-03-03T09:14:07"],
  ["duration_seconds", -1],
  ["status", "done"],
  ["failure_class", "bad luck"],
  ["performance_metrics", { accuracy: "0.9" }],
  ["exit_code", 1.5],
])("%s of %j is refused", (field, value) => {
  expect(AttemptJson.safeParse({ ...attemptToJson(EXAMPLE_ATTEMPT), [field]: value }).success).toBe(false);
});
