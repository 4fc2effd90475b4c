import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "COEFFICIENTS_SOURCE",
      "PERF_EVENTS",
      "PerfError",
      "PowercapOptions",
      "coefficientsFor",
      "cpuEstimateMeter",
      "cpuMeter",
      "estimateJoules",
      "parseCpuIdentity",
      "parseCpuTime",
      "parsePerf",
      "parsePowercapLog",
      "perfMeter",
      "perfPower",
      "perfReportToJson",
      "perfRows",
      "powercapMeter",
      "reportQuantities",
    ]
  `);
});
