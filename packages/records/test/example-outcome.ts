import { combineUncertainty, energyMetrics, type Quantity, unavailable } from "@ea/energy";
import type { Attempt } from "../src/attempt.ts";
import type { BackgroundLoad } from "../src/background.ts";
import type { Environment } from "../src/environment.ts";
import type { PlanRow } from "../src/plan.ts";
import type { PlannedBackground } from "../src/planned-background.ts";
import type { Outcome } from "../src/record.ts";

const HOST = { scope: "host", source: "perf", method: "RAPL" } as const;
const ENERGY: readonly Quantity[] = [
  {
    ...HOST,
    name: "cpu_package",
    value: 100.5,
    unit: "J",
    quality: "measured",
    uncertainty: combineUncertainty({ sensor: 1, edges: 0.5 }),
    coverage: 1,
  },
  unavailable({ ...HOST, name: "dram" }, "no counter"),
  { ...HOST, name: "cpu_estimate", value: 150, unit: "J", quality: "estimated", reason: "a model" },
];

export const EXAMPLE_ROW: PlanRow = {
  row: 7,
  experiment: 1,
  experimentId: "20260303_091407_lr_007_digits_mlp_0123abcd",
  repository: "digits",
  model: "mlp",
  mode: "mutation",
  hyperparameters: { learning_rate: 1e-7, epochs: 3, nesterov: true, optimizer: "adam", warmup: null },
  mutated: ["learning_rate"],
  key: "learning_rate=1e-7",
  probability: 0.25,
  repetition: 0,
  block: 0,
  argv: ["train.mjs", "--learning-rate", "1e-7"],
};

export const EXAMPLE_BACKGROUND: PlannedBackground = {
  repository: "digits",
  model: "mlp_deep",
  hyperparameters: { epochs: 10, seed: null },
  key: "digits/mlp_deep?epochs=10",
  argv: ["train.mjs", "--epochs", "10"],
  workingCopy: "auto",
  headStartSeconds: 30,
};

export const EXAMPLE_LOAD: BackgroundLoad = {
  command: ["node", "train.mjs", "--epochs", "10"],
  workingDirectory: "/results/s/working-copies/t/digits",
  workingCopy: { kind: "worktree", reason: "shared with the foreground", commit: "abc", dirty: false },
  runs: 3,
  restarts: 2,
  exitCodes: { "0": 2 },
  windowSeconds: 20,
  aliveSeconds: 19,
  cpuSeconds: 18.5,
  gpus: [{ device: "GPU-a", memoryMebibytes: undefined }],
  logBytesDropped: 0,
};

export const EXAMPLE_ATTEMPT: Attempt = {
  attempt: 1,
  startedAt: "2026-03-03T09:14:07.791+08:00",
  endedAt: "2026-03-03T09:14:20.000+08:00",
  durationSeconds: 12.2,
  status: "success",
  failureClass: undefined,
  errorMessage: "",
  exitCode: 0,
  signal: undefined,
  command: ["node", "train.mjs", "--learning-rate", "1e-7"],
  trainingCpuSeconds: 11.5,
  meterCpuSeconds: { perf: 0.02 },
  meterWindows: { perf: { startMs: 1000, endMs: 2500 } },
  energyMetrics: energyMetrics(ENERGY),
  performanceMetrics: { test_accuracy: 0.97 },
  energy: ENERGY,
  flags: [{ code: "metric-missing", severity: "warning", message: "test_loss was not found", evidence: { n: 1 } }],
};

export const EXAMPLE_ENVIRONMENT: Environment = {
  host: "node1",
  kernel: "6.1.0",
  cpuModel: undefined,
  cpuMicrocode: "0x2b000643",
  cpuThreads: 2,
  memoryBytes: 8e9,
  nodeVersion: "v20.20.2",
  toolVersion: "0.1.0",
  governor: { before: "powersave", requested: undefined, during: "powersave" },
  gpus: [{ uuid: "GPU-a", model: "H100", driverVersion: undefined, powerLimitWatts: 700 }],
  repository: { path: "/code/digits", commit: "abc", dirty: false, scriptSha256: undefined },
  libraries: { python: "3.11.2", torch: "2.6.0" },
  variables: { CUDA_VISIBLE_DEVICES: "0" },
};

/** A successful outcome, with whatever is different in its row and its only attempt. */
export function exampleOutcome(row: Partial<PlanRow> = {}, attempt: Partial<Attempt> = {}): Outcome {
  return {
    row: { ...EXAMPLE_ROW, ...row },
    attempts: [{ ...EXAMPLE_ATTEMPT, ...attempt }],
    environment: EXAMPLE_ENVIRONMENT,
    flags: [],
  };
}
