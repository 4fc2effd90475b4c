import { quantityToJson } from "@ea/energy";
import type { AttemptJson } from "@ea/records";
import { expect, it } from "vitest";
import { studyTotal } from "../../src/study/study-total.ts";
import { quantity, record } from "../records.ts";

const basis = { kind: "measured", parts: ["gpu"] } as const;

function attempt(start: number, joules: number | null, members: Partial<AttemptJson> = {}): AttemptJson {
  const { energy_metrics, performance_metrics } = record([]);
  return {
    attempt: 1,
    started_at: new Date(start * 1000).toISOString(),
    ended_at: new Date((start + 10) * 1000).toISOString(),
    duration_seconds: 10,
    status: "success",
    failure_class: null,
    error_message: "",
    exit_code: 0,
    signal: null,
    command: [],
    training_cpu_seconds: null,
    meter_cpu_seconds: {},
    meter_windows: {},
    energy_metrics,
    performance_metrics,
    energy: [quantityToJson(quantity("gpu", joules)), quantityToJson(quantity("gpu_net", joules && joules - 5))],
    flags: [],
    ...members,
  };
}

const run = (attempts: readonly AttemptJson[]) => ({
  session: "one",
  key: "a",
  record: record([], {}, { attempts: [...attempts] }),
});

it("parts what was spent into used, excluded and failed", () => {
  const used = run([attempt(0, 50, { status: "failed", failure_class: "crash" }), attempt(30, 100)]);
  const excluded = run([attempt(50, 70)]);
  const found = studyTotal([used, excluded], new Set([used]), basis);
  expect(found.total).toEqual({ attempts: 3, seconds: 30, joules: 220, withoutEnergy: 0 });
  expect(found.used.joules).toBe(100);
  expect(found.excluded.joules).toBe(70);
  expect(found.failed).toMatchObject([{ failureClass: "crash", joules: 50 }]);
});

it("knows the time between attempts, and what idling would have taken", () => {
  const found = studyTotal([run([attempt(0, 50), attempt(30, 100)]), run([attempt(35, 70)])], new Set(), basis);
  expect(found.idleSeconds).toBe(20);
  expect(found.idleJoules).toBe(15);
});

it("has no joules where nothing was measured", () => {
  const found = studyTotal([run([attempt(0, null)])], new Set(), basis);
  expect(found.total).toMatchObject({ joules: null, withoutEnergy: 1 });
  expect(found.idleJoules).toBeNull();
});
