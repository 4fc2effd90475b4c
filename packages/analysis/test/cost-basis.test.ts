import { describe, expect, it } from "vitest";
import { basisText, costBasis, costOf } from "../src/cost-basis.ts";
import { quantity, record } from "./records.ts";

const estimate = quantity("cpu_estimate", 50, { quality: "estimated", reason: "a model" });
const all = [quantity("cpu_package", 10), quantity("dram", 2), quantity("gpu", 100), estimate];

describe("the basis", () => {
  it("adds up the parts that are measured, and never what contains them", () => {
    const whole = record([...all, quantity("cpu_psys", 30), quantity("gpu_net", 80)]);
    expect(costBasis([whole])).toEqual({ kind: "measured", parts: ["cpu_package", "dram", "gpu"] });
  });

  it("is the fullest set that half of the runs have", () => {
    const gpuOnly = record([quantity("cpu_package", null), quantity("gpu", 100)]);
    expect(costBasis([gpuOnly, gpuOnly, record(all)]).parts).toEqual(["gpu"]);
    expect(costBasis([gpuOnly, record(all)]).parts).toEqual(["cpu_package", "dram", "gpu"]);
  });

  it("is the estimate only where nothing is measured in any run", () => {
    expect(costBasis([record([estimate])])).toEqual({ kind: "estimate", parts: ["cpu_estimate"] });
    expect(costBasis([record([estimate]), record(all)]).kind).toBe("measured");
    expect(basisText(costBasis([record([estimate])]))).toBe("cpu_estimate (a model, not a measurement)");
  });

  it("is none without energies, and partial ones are none", () => {
    expect(costBasis([record([])])).toEqual({ kind: "none", parts: [] });
    expect(costBasis([record([quantity("gpu", 5, { quality: "partial", reason: "gaps" })])]).kind).toBe("none");
  });

  it("failed runs have no say while there are others", () => {
    const failed = record(all, {}, { status: "failed" });
    expect(costBasis([failed, failed, record([quantity("gpu", 1)])]).parts).toEqual(["gpu"]);
  });
});

describe("the cost", () => {
  const basis = { kind: "measured", parts: ["cpu_package", "gpu"] } as const;

  it("is the sum over parts and devices", () => {
    const gpus = [quantity("gpu", 100, { device: "GPU-1" }), quantity("gpu", 50, { device: "GPU-2" })];
    expect(costOf(record([quantity("cpu_package", 10), ...gpus]).energy, basis)).toMatchObject({
      joules: 160,
      parts: [10, 150],
      reason: null,
    });
  });

  it("is null with a reason where a part is missing or partial", () => {
    const missing = costOf(record([quantity("cpu_package", null), quantity("gpu", 1)]).energy, basis);
    expect(missing).toMatchObject({ joules: null, parts: [null, 1], reason: "no cpu_package: no counter" });
    const partial = [quantity("cpu_package", 1), quantity("gpu", 1, { quality: "partial", reason: "gaps" })];
    expect(costOf(record(partial).energy, basis)).toMatchObject({ joules: null, reason: "gpu is only partial" });
  });
});
