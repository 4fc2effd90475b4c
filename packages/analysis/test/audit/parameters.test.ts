import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type AuditRun, auditRuns, type Finding } from "../../src/index.ts";
import { series } from "./example-runs.ts";

const CODES = ["parameter-ineffective", "parameter-differs", "parameter-rounded", "incomplete-parameters"];
const found = (runs: readonly AuditRun[]): readonly Finding[] =>
  auditRuns(runs).filter(({ code }) => CODES.includes(code));

const asked = (lr: number, told?: number): Partial<AuditRun> => ({
  parameters: { lr },
  mutated: ["lr"],
  echoed: told === undefined ? {} : { lr: { value: told, line: 1, text: `lr ${told}` } },
});

it("a parameter whose logs tell one value whatever was asked for had no effect, in runs without a log either", () => {
  const runs = series([asked(0.03, 0.02), asked(0.05, 0.02), asked(0.06), { parameters: { lr: 0.05 }, mutated: [] }]);
  expect(found(runs).map(({ experiment_id: id, code, severity }) => [id, code, severity])).toEqual(
    [0, 1, 2].map((run) => [`run ${run}`, "parameter-ineffective", "error"]),
  );
});

it("one log that differs is told of its run alone", () => {
  const runs = series([asked(0.03, 0.03), asked(0.05, 0.02), asked(0.06, 0.06), asked(0.07)]);
  expect(found(runs)).toMatchObject([{ experiment_id: "run 1", code: "parameter-differs", severity: "warning" }]);
});

it("values that follow what was asked for, in another unit or scale, do have an effect", () => {
  const runs = series([asked(0.03, 3), asked(0.05, 5), asked(0.06, 6)]);
  expect(found(runs).map(({ code }) => code)).not.toContain("parameter-ineffective");
});

it("a value printed with few digits is what was asked for", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 10, noNaN: true }), fc.integer({ min: 3, max: 6 }), (lr, digits) => {
      const codes = found(series([asked(lr, Number(lr.toPrecision(digits)))])).map(({ code }) => code);
      expect(codes).toEqual([]);
    }),
  );
});

it("a small value that was passed with six decimals is another one", () => {
  expect(found(series([asked(0.0000163, 0.000016)]))).toMatchObject([
    { code: "parameter-rounded", message: expect.stringContaining("1.8 % off") },
  ]);
});

it("a record without a parameter that others of its model have is incomplete", () => {
  const runs = series([
    { parameters: { epochs: 1, lr: 1 } },
    { parameters: { epochs: 1 } },
    { model: "cnn", parameters: {} },
  ]);
  expect(found(runs)).toMatchObject([{ experiment_id: "run 1", evidence: { parameters: ["lr"] } }]);
});

it("a log that by chance tells what was asked for changes nothing", () => {
  const runs = series([asked(0.03, 0.02), asked(0.05, 0.02), asked(0.02, 0.02)]);
  expect(found(runs).map(({ code }) => code)).toEqual(runs.map(() => "parameter-ineffective"));
});

it("a run that failed has no numbers to misread", () => {
  const runs = series([asked(0.03, 0.02), asked(0.05, 0.02), { ...asked(0.06), status: "failed" }]);
  expect(found(runs).map(({ experiment_id: id }) => id)).toEqual(["run 0", "run 1"]);
});
