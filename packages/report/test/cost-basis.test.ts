import { expect, it } from "vitest";
import { costBasis, costOf } from "../src/model/cost-basis.ts";
import { quantity, sampleRecord } from "./sample-session.ts";

const CPU = quantity("cpu_package", 100);
const GPU = quantity("gpu", 900);
const ESTIMATE = quantity("cpu_estimate", 50);
const records = (...energies: ReturnType<typeof quantity>[][]) => energies.map((energy) => sampleRecord({ energy }));

it.each([
  ["all have both", records([CPU, GPU], [CPU, GPU]), "measured", ["cpu_package", "gpu"]],
  ["half have both", records([CPU, GPU], [CPU]), "measured", ["cpu_package", "gpu"]],
  ["few have both", records([CPU, GPU], [CPU], [CPU]), "measured", ["cpu_package"]],
  ["one is measured, many are estimates", records([GPU], [ESTIMATE], [ESTIMATE], [ESTIMATE]), "measured", ["gpu"]],
  ["all are estimates", records([ESTIMATE, quantity("gpu", null)]), "estimate", ["cpu_estimate"]],
  ["the platform alone", records([quantity("cpu_psys", 300)]), "measured", ["cpu_psys"]],
  ["net energies are no whole", records([quantity("gpu_net", 300)]), "none", []],
  ["nothing", records([]), "none", []],
])("%s", (_, given, kind, parts) => expect(costBasis(given)).toEqual({ kind, parts }));

it("parts add up, and a sensor's uncertainties add up with them", () => {
  const cost = costOf([CPU, GPU, ESTIMATE], { kind: "measured", parts: ["cpu_package", "gpu"] });
  expect(cost).toMatchObject({ joules: 1000, parts: [100, 900], reason: null });
  expect(cost.uncertainty).toBeCloseTo(20, 9);
});

it("with a part missing there is no sum, and a reason", () => {
  const cost = costOf([GPU], { kind: "measured", parts: ["cpu_package", "gpu"] });
  expect(cost).toMatchObject({ joules: null, reason: "no cpu_package" });
});
