import type { BackgroundLoad } from "@ea/records";
import { expect, test } from "vitest";
import { loadFlags } from "../src/background-flags.ts";

const LOAD: BackgroundLoad = {
  command: ["train.sh"],
  workingDirectory: "/load",
  workingCopy: { kind: "none", reason: "elsewhere", commit: undefined, dirty: undefined },
  runs: 1,
  restarts: 0,
  exitCodes: {},
  windowSeconds: 100,
  aliveSeconds: 100,
  cpuSeconds: 90,
  gpus: undefined,
  logBytesDropped: 0,
};

const flags = (fields: Partial<BackgroundLoad>) =>
  loadFlags({ ...LOAD, ...fields }).map(({ code, severity }) => `${code} ${severity}`);

test.each([
  [{}, []],
  [{ aliveSeconds: 99.5, runs: 3, restarts: 2, exitCodes: { "0": 2 } }, ["background-gap info"]],
  [{ aliveSeconds: 98.9, runs: 3, restarts: 2, exitCodes: { "0": 2 } }, ["background-gap error"]],
  [
    { aliveSeconds: 99.5, runs: 3, exitCodes: { "0": 1, "137": 1 } },
    ["background-gap info", "background-failed warning"],
  ],
  [{ aliveSeconds: 50, runs: 3, exitCodes: { "1": 3 } }, ["background-gap error", "background-failed error"]],
  [{ aliveSeconds: 0, runs: 0, cpuSeconds: undefined }, ["background-gap error"]],
  [{ cpuSeconds: 0.5 }, ["background-idle error"]],
  [{ cpuSeconds: 0.5, gpus: [] }, ["background-idle error"]],
  [{ cpuSeconds: 0.5, gpus: [{ device: "GPU-1", memoryMebibytes: 500 }] }, []],
  [{ cpuSeconds: 0, windowSeconds: 0.5, aliveSeconds: 0.5 }, []],
  [{ windowSeconds: 0, aliveSeconds: 0 }, []],
])("%j has %j", (fields, expected) => {
  expect(flags(fields)).toEqual(expected);
});

test("a gap has its evidence", () => {
  expect(loadFlags({ ...LOAD, aliveSeconds: 60, runs: 2, restarts: 1, exitCodes: { "3": 1 } })).toMatchObject([
    {
      message: "the background load ran for 60.000 s of the 100.000 s that were measured and was started anew once",
      evidence: { aliveSeconds: 60, windowSeconds: 100, runs: 2, restarts: 1, exitCodes: { "3": 1 } },
    },
    { message: "the background load failed: of 2 runs ended 1 with exit code 3" },
  ]);
});
