import { expect, it } from "vitest";
import { auditRuns, type Finding } from "../../src/index.ts";
import { hostileStudy } from "./hostile-study.ts";

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 1);
const studies = SEEDS.map((seed) => {
  const study = hostileStudy(seed);
  return { ...study, findings: auditRuns(study.runs) };
});

/** How many runs have a defect, how many are called so, and how many of these rightly, over all studies. */
function counts(code: string, isAny: (finding: Finding) => boolean) {
  const all = studies.map(({ truth, findings }) => {
    const having = truth[code] ?? new Set();
    const called = new Set(findings.filter(isAny).map(({ experiment_id: id }) => id));
    return { having: having.size, called: called.size, rightly: [...called].filter((id) => having.has(id)).length };
  });
  const sum = (of: (each: (typeof all)[number]) => number): number => all.reduce((total, each) => total + of(each), 0);
  return {
    having: sum(({ having }) => having),
    called: sum(({ called }) => called),
    rightly: sum((each) => each.rightly),
  };
}

it.each([
  ["contaminated", 0.9],
  ["energy-of-another-run", 0.99],
  ["false-success", 0.99],
  ["parameter-ineffective", 0.99],
  ["no-work", 0.99],
])("%s: as an error, in hostile studies with clean look-alikes", (code, recall) => {
  const { having, called, rightly } = counts(code, (each) => each.code === code && each.severity === "error");
  expect(having).toBeGreaterThan(50);
  expect(rightly / having).toBeGreaterThan(recall);
  expect(rightly / called).toBeGreaterThan(0.98);
});

it("a contaminated run that nothing proves is at least doubted", () => {
  const { having, rightly } = counts("contaminated", ({ code }) => code.endsWith("contaminated"));
  expect(rightly / having).toBeGreaterThan(0.98);
});

it("a run has one finding of the same code and words at most", () => {
  for (const { findings } of studies) {
    const told = findings.map(({ experiment_id: id, code, message }) => `${id} ${code} ${message}`);
    expect(new Set(told).size).toBe(told.length);
  }
});

it("studies without a defect have no errors, however odd their models are", () => {
  const errors = SEEDS.flatMap((seed) =>
    auditRuns(hostileStudy(seed, { hasDefects: false }).runs).filter(({ severity }) => severity === "error"),
  );
  expect(errors).toEqual([]);
});

it("without utilisation a foreign process is still found by power, and hardly ever wrongly", () => {
  const all = SEEDS.map((seed) => {
    const { runs, truth } = hostileStudy(seed, { hasUtilization: false });
    const called = auditRuns(runs).filter(({ code, severity }) => code === "contaminated" && severity === "error");
    const rightly = called.filter(({ experiment_id: id }) => truth["contaminated"]?.has(id));
    return { having: truth["contaminated"]?.size ?? 0, called: called.length, rightly: rightly.length };
  });
  const sum = (key: "having" | "called" | "rightly"): number => all.reduce((total, each) => total + each[key], 0);
  expect(sum("rightly") / sum("having")).toBeGreaterThan(0.9);
  expect(sum("rightly") / sum("called")).toBeGreaterThan(0.98);
});
