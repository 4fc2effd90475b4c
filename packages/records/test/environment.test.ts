import { expect, test } from "vitest";
import { EnvironmentJson, environmentToJson } from "../src/environment.ts";
import { EXAMPLE_ENVIRONMENT } from "./example-outcome.ts";

test("on disk names are snake_case and what could not be found out is null", () => {
  expect(environmentToJson(EXAMPLE_ENVIRONMENT)).toEqual({
    host: "node1",
    kernel: "6.1.0",
    cpu_model: null,
    cpu_microcode: "0x2b000643",
    cpu_threads: 2,
    memory_bytes: 8e9,
    node_version: "v20.20.2",
    tool_version: "0.1.0",
    governor: { before: "powersave", requested: null, during: "powersave" },
    gpus: [{ uuid: "GPU-a", model: "H100", driver_version: null, power_limit_watts: 700 }],
    repository: { path: "/code/digits", commit: "abc", dirty: false, script_sha256: null },
    libraries: { python: "3.11.2", torch: "2.6.0" },
    variables: { CUDA_VISIBLE_DEVICES: "0" },
  });
});

test("what is written can be read", () => {
  const json = environmentToJson(EXAMPLE_ENVIRONMENT);
  expect(EnvironmentJson.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
});
