import { describe, expect, it } from "vitest";
import { isAbsent } from "../../src/absent.ts";
import { analyzeStudy, type StudyAnalysis } from "../../src/study/analyze-study.ts";
import type { StudyRun } from "../../src/study/study-run.ts";
import { quantity, record } from "../records.ts";
import { errorAbout, run, sweep } from "./made-up-study.ts";

const effectsOf = ({ groups: [group] }: StudyAnalysis, outcome = "joules") => {
  const found = group?.effects.find((each) => each.outcome === outcome);
  if (!found || isAbsent(found.full) || isAbsent(found.selected)) throw new Error("expected effects");
  return { ...found, full: found.full, selected: found.selected };
};

/** Half of the runs take a multiple of their energy. */
const contaminated: readonly StudyRun[] = sweep().map((each, index) => {
  const [energy] = each.record.energy;
  if (index % 2 === 0 || energy?.value == null) return each;
  const factor = 1 + (index % 7);
  return {
    ...each,
    record: {
      ...each.record,
      energy: [{ ...energy, value: energy.value * factor }],
      duration_seconds: each.record.duration_seconds * factor,
    },
  };
});
const findings = contaminated.filter((_, index) => index % 2 === 1).map(errorAbout);

describe("effects", () => {
  it("are the powers that the energy goes with", () => {
    const { full, selected } = effectsOf(analyzeStudy(sweep()));
    const [epochs, batch] = full.terms;
    expect(epochs).toMatchObject({ parameter: "epochs", kind: "elasticity", range: [5, 15] });
    expect(epochs?.interval95[0]).toBeLessThan(1);
    expect(epochs?.interval95[1]).toBeGreaterThan(1);
    expect(batch?.estimate).toBeCloseTo(-0.2, 1);
    expect(full.rSquared).toBeGreaterThan(0.99);
    expect(selected.parameters).toEqual(["epochs", "batch_size"]);
  });

  it("name the parameter that explains most first", () => {
    expect(effectsOf(analyzeStudy(sweep())).singles.map(({ parameter }) => parameter)).toEqual([
      "epochs",
      "batch_size",
      "dropout",
    ]);
  });

  it("explain what is left after quarantine, and little before it", () => {
    const { selected } = effectsOf(analyzeStudy(contaminated, { findings }));
    expect(selected.n).toBe(20);
    expect(selected.rSquared).toBeGreaterThan(0.99);
    expect(selected.beforeQuarantine).toMatchObject({ n: 40 });
    expect(!isAbsent(selected.beforeQuarantine) && selected.beforeQuarantine.rSquared).toBeLessThan(0.6);
  });

  it("are those of all runs when flagged ones are kept", () => {
    const analysis = analyzeStudy(contaminated, { findings, excludeFlagged: false });
    expect(analysis.used).toBe(40);
    expect(analysis.excluded).toEqual([]);
    expect(effectsOf(analysis).full.rSquared).toBeLessThan(0.6);
  });

  it("know a parameter that was not passed as one unknown, constant value", () => {
    const runs = sweep().map((each, index) => {
      if (index % 3 !== 0) return each;
      const { epochs: _, ...others } = each.record.hyperparameters;
      return run(index, others);
    });
    const { full } = effectsOf(analyzeStudy(runs));
    expect(full.terms.map(({ parameter, kind }) => `${parameter} ${kind}`)).toContain("epochs absent");
    expect(full.rSquared).toBeGreaterThan(0.98);
  });

  it("say why a parameter has none", () => {
    const runs = sweep().map((each, index) =>
      run(index, {
        ...each.record.hyperparameters,
        workers: 4,
        steps: 100 * Number(each.record.hyperparameters["epochs"]),
      }),
    );
    expect(effectsOf(analyzeStudy(runs)).full.dropped).toEqual([
      { parameter: "workers", reason: "it does not vary" },
      { parameter: "steps", reason: "it cannot be told apart from epochs in these runs" },
    ]);
  });

  it("of zeros and categories are factors", () => {
    const runs = sweep().map((each, index) =>
      run(index, { ...each.record.hyperparameters, momentum: (index % 4) / 4, optimizer: index % 2 ? "sgd" : "adam" }),
    );
    const kinds = effectsOf(analyzeStudy(runs)).full.terms.map(({ parameter, kind, level }) => [
      parameter,
      kind,
      level,
    ]);
    expect(kinds).toContainEqual(["momentum", "per-unit", undefined]);
    expect(kinds).toContainEqual(["optimizer", "level", "sgd"]);
  });

  it("need more runs than slopes, and say so", () => {
    const analysis = analyzeStudy(sweep().slice(0, 5));
    expect(analysis.groups[0]?.effects[0]?.full).toEqual({
      value: null,
      reason: "5 runs are too few for 3 slopes: expected at least 7",
    });
  });

  it("are important when mixing them up costs R²; with few runs that is not said", () => {
    const { importance } = effectsOf(analyzeStudy(sweep()));
    expect(!isAbsent(importance) && importance.parameters[0]).toMatchObject({ parameter: "epochs" });
    expect(effectsOf(analyzeStudy(sweep().slice(0, 20))).importance).toMatchObject({ value: null });
  });
});

describe("a study", () => {
  it("excludes what failed and what an error speaks against, and says why", () => {
    const runs = [
      run(0, { epochs: 5 }),
      run(1, { epochs: 6 }),
      run(2, { epochs: 7 }, { status: "failed", error_message: "oom" }),
    ];
    const { excluded, used } = analyzeStudy(runs, { findings: runs.slice(0, 1).map(errorAbout) });
    expect(used).toBe(1);
    expect(excluded.map(({ experimentId, reasons }) => [experimentId, reasons[0]?.code])).toEqual([
      ["run_0", "contaminated"],
      ["run_2", "failed"],
    ]);
  });

  it("is looked at apart by itself and beside a load", () => {
    const beside = run(1, { epochs: 6 }, { mode: "parallel" });
    expect(analyzeStudy([run(0, { epochs: 5 }), beside]).groups.map(({ group }) => group)).toEqual([
      "digits/mlp",
      "digits/mlp in parallel",
    ]);
  });

  it("is the same for the same seed", () => {
    expect(analyzeStudy(sweep(), { seed: "7" })).toEqual(analyzeStudy(sweep(), { seed: "7" }));
  });

  it("without any energy has effects of time alone", () => {
    const runs = sweep().map((each) => ({ ...each, record: { ...each.record, energy: [] } }));
    const analysis = analyzeStudy(runs);
    expect(analysis.groups[0]?.basis.kind).toBe("none");
    expect(analysis.groups[0]?.effects[0]?.full).toEqual({ value: null, reason: "no run has joules" });
    expect(isAbsent(effectsOf(analysis, "seconds").full)).toBe(false);
  });

  it("never holds a number that is none", () => {
    const odd = [
      { session: "one", key: "a", record: record([quantity("gpu", 0)], { accuracy: 0 }, { duration_seconds: 0 }) },
      { session: "two", key: "a", record: record([quantity("gpu", null)], {}) },
    ];
    for (const runs of [odd, sweep(), contaminated, [...sweep(), ...sweep()]]) {
      const bad: unknown[] = [];
      JSON.stringify(analyzeStudy(runs), (_, value: unknown) => {
        if (typeof value === "number" && !Number.isFinite(value)) bad.push(value);
        return value;
      });
      expect(bad).toEqual([]);
    }
  });
});
