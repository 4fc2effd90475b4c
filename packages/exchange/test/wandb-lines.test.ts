import { expect, it } from "vitest";
import { wandbLine } from "../src/wandb-lines.ts";
import { FAILED, GOOD, HOSTILE, SESSION, STRANGE } from "./example-records.ts";

const lineOf = (record = GOOD, project = "ea"): unknown => JSON.parse(wandbLine(record, SESSION, { project }));

it("has what the script passes on", () => {
  expect(lineOf()).toMatchObject({
    id: GOOD.experiment_id,
    project: "ea",
    group: SESSION,
    config: { learning_rate: 1e-7, nesterov: true },
    history: [
      { step: 1, values: { "series/loss": 0.9 } },
      { step: 3, values: { "series/loss": 0.5 } },
    ],
    summary: { cpu_energy_pkg_joules: 100.5, cpu_estimate_joules: 150, "ea.flags": "metric-missing" },
    exit_code: 0,
  });
});

it("has no names for what is absent", () => {
  expect(lineOf()).not.toHaveProperty("summary.gpu_energy_total_joules");
  expect(lineOf()).not.toHaveProperty("config.warmup");
});

it("says of a failed run that it failed", () => {
  expect(lineOf(FAILED)).toMatchObject({ exit_code: 1, summary: { "ea.status": "failed" } });
});

it("is one line, whatever the names, and an id that W&B takes", () => {
  expect(wandbLine(STRANGE, SESSION, { project: "ea" }).match(/\n/g)).toHaveLength(1);
  expect(lineOf(STRANGE)).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    config: Object.fromEntries(HOSTILE.map((name) => [name, name])),
  });
});

it("has a project without what W&B refuses in one", () => {
  expect(lineOf(GOOD, "a/b #1")).toMatchObject({ project: "a-b--1" });
});
