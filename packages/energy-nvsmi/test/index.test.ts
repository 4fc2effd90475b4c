import { expect, test } from "vitest";

test("the public surface is this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "BASE_COLUMNS",
      "NvidiaSmiOptions",
      "NvsmiError",
      "OPTIONAL_COLUMNS",
      "POWER_COLUMNS",
      "RESOLUTION_WATTS",
      "SENSOR_WATTS",
      "chooseColumns",
      "describeSensor",
      "gpuRecorder",
      "isVisible",
      "nvidiaSmiMeter",
      "parseComputeApps",
      "parseDeviceList",
      "parseQuery",
      "queryParser",
      "querySamples",
      "queryStatistics",
      "queryStatisticsToJson",
      "sensorDelay",
      "stampClock",
      "throttleReasons",
    ]
  `);
});
