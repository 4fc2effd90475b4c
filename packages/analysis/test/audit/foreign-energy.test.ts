import { expect, it } from "vitest";
import { type AuditRun, auditRuns, type Finding } from "../../src/index.ts";
import { exampleTrace, published, series } from "./example-runs.ts";

const CODES = ["energy-of-another-run", "unit-mistake", "published-differs"];
const found = (runs: readonly AuditRun[]): readonly Finding[] =>
  auditRuns(runs).filter(({ code }) => CODES.includes(code));

const other = {
  traces: [exampleTrace({ sumJoules: 201_500, integralJoules: 206_000 })],
  gpuJoules: 206_000,
  cpuJoules: 51_000,
  published: [published({ gpu: 201_500, cpu: 51_000 })],
};

it.each([
  ["the trace added up", 200_000],
  ["the trace integrated", 200_200],
  ["the trace added up but for a lost sample", 199_800],
])("%s is its own energy", (_, gpu) => {
  expect(found(series([{ published: [published({ gpu })] }, other]))).toEqual([]);
});

it("exactly the energy of another run is not its own, however close it is", () => {
  const row = published({ gpu: 201_500, line: 7 });
  const [first] = found(series([{ published: [published({}), row] }, other]));
  expect(first).toMatchObject({
    experiment_id: "run 0",
    code: "energy-of-another-run",
    severity: "error",
    message: expect.stringContaining("data.csv, line 7 gives 201500 J of GPU energy, which is exactly that of run 1"),
  });
});

it("energy that no run of these has, but is far from its own trace, is not its own", () => {
  const [first] = found(series([{ published: [published({ gpu: 90_000 })] }]));
  expect(first).toMatchObject({ code: "energy-of-another-run", message: expect.stringContaining("55 % off") });
});

it("a difference of some per cent is told, and is no error", () => {
  const [first] = found(series([{ published: [published({ gpu: 206_000 })] }]));
  expect(first).toMatchObject({ code: "published-differs", severity: "warning" });
});

it("the counter of the CPU is compared too", () => {
  const [first] = found(series([{ published: [published({ cpu: 51_000, line: 3 })] }, other]));
  expect(first).toMatchObject({
    code: "energy-of-another-run",
    message: expect.stringContaining("CPU package energy"),
  });
});

it.each([
  ["kJ", 200],
  ["Wh", 200_000 / 3600],
])("its own energy in %s is a mistake of units", (unit, gpu) => {
  const [first] = found(series([{ published: [published({ gpu })] }]));
  expect(first).toMatchObject({
    code: "unit-mistake",
    severity: "error",
    message: expect.stringContaining(`in ${unit}`),
  });
});

it("a record that does not agree with the trace beside it is found without anything published", () => {
  const [first] = found(series([{ gpuJoules: 400_000 }]));
  expect(first).toMatchObject({
    code: "energy-of-another-run",
    message: expect.stringContaining("the record has 400000 J"),
  });
});

it.each([
  ["nothing was published", [published({ gpu: null, cpu: null })], [exampleTrace()]],
  ["there is no trace", [published({ gpu: 1 })], []],
  ["a trace has a few samples only", [published({ gpu: 1 })], [exampleTrace({ samples: 3 })]],
])("where %s, nothing is found", (_, rows, traces) => {
  expect(found(series([{ published: rows, traces }]))).toEqual([]);
});
