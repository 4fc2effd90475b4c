import { expect, test } from "vitest";
import { COEFFICIENTS_SOURCE, coefficientsFor, parseCpuIdentity } from "../src/cpu-coefficients.ts";

const intel = (model: number, stepping = 0): Parameters<typeof coefficientsFor>[0] => ({
  vendor: "GenuineIntel",
  family: 6,
  model,
  stepping,
});
const amd = (family: number, model: number): Parameters<typeof coefficientsFor>[0] => ({
  vendor: "AuthenticAMD",
  family,
  model,
  stepping: 0,
});

test.each([
  [intel(45), "Sandy Bridge", 2.212, 8.631],
  [intel(62), "Ivy Bridge", 1.707, 5.557],
  [intel(63), "Haswell", 1.857, 5.595],
  [intel(79), "Broadwell", 0.713, 3.685],
  [intel(85, 4), "Skylake", 0.613, 4.104],
  [intel(85, 7), "Cascade Lake", 0.69, 4.063],
  [intel(158), "Coffee Lake", 1.138, 5.422],
  [intel(106), "Ice Lake", 0.767, 3.758],
  [intel(143), "Sapphire Rapids", 1.036, 4.16],
  [intel(207), "Emerald Rapids", 0.814, 4.482],
  [intel(173), "Granite Rapids", 0.582, 2.527],
  [amd(23, 1), "EPYC 1st Gen", 0.847, 2.604],
  [amd(23, 49), "EPYC 2nd Gen", 0.474, 1.693],
  [amd(25, 1), "EPYC 3rd Gen", 0.456, 1.957],
  [amd(25, 17), "EPYC 4th Gen", 0.739, 2.282],
])("%j is a %s", (cpu, family, idleWattsPerThread, busyWattsPerThread) => {
  expect(coefficientsFor(cpu)).toEqual({ family, idleWattsPerThread, busyWattsPerThread, relativeUncertainty: 0.5 });
});

test.each([intel(1), amd(23, 8), { ...intel(106), vendor: "AuthenticAMD" }, { ...intel(106), family: 7 }])(
  "%j is unknown: medians of the table, and twice the uncertainty",
  (cpu) => {
    expect(coefficientsFor(cpu)).toEqual({
      family: "unknown CPU",
      idleWattsPerThread: 0.767,
      busyWattsPerThread: 4.063,
      relativeUncertainty: 1,
    });
  },
);

test("the coefficients say who published them", () => {
  expect(COEFFICIENTS_SOURCE).toContain("Cloud Carbon Footprint");
});

test("the identity is that of the first processor", () => {
  const cpuinfo = `processor\t: 0
vendor_id\t: GenuineIntel
cpu family\t: 6
model\t\t: 106
model name\t: Intel(R) Xeon(R) Processor @ 2.80GHz
stepping\t: 6

processor\t: 1
vendor_id\t: AuthenticAMD
cpu family\t: 25
model\t\t: 1
stepping\t: 1
`;
  expect(parseCpuIdentity(cpuinfo)).toEqual({ vendor: "GenuineIntel", family: 6, model: 106, stepping: 6 });
});

test.each(["", "processor\t: 0\nCPU implementer\t: 0x41\n", "model\t: x\nstepping\t: unknown\ncpu family\t: 0x6\n"])(
  "what /proc/cpuinfo does not tell is -1, and no CPU that we know: %j",
  (cpuinfo) => {
    expect(parseCpuIdentity(cpuinfo)).toEqual({ vendor: "", family: -1, model: -1, stepping: -1 });
    expect(coefficientsFor(parseCpuIdentity(cpuinfo)).family).toBe("unknown CPU");
  },
);
