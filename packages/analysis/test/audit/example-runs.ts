import type { AuditRun, TraceFeatures } from "../../src/index.ts";

/** Telemetry of a training that reached its GPU after a while, and used it. */
export function exampleTrace(changes: Partial<TraceFeatures> = {}): TraceFeatures {
  return {
    device: "",
    samples: 1000,
    startMs: 0,
    endMs: 1_000_000,
    intervalSeconds: 1,
    longestGapSeconds: 2,
    sumJoules: 200_000,
    integralJoules: 200_200,
    meanWatts: 200,
    minWatts: 20,
    maxWatts: 300,
    startWatts: 75,
    endWatts: 95,
    startUtilizationPercent: 0,
    meanUtilizationPercent: 80,
    maxUtilizationPercent: 100,
    startCelsius: 45,
    maxCelsius: 75,
    ...changes,
  };
}

/** A clean run. */
function exampleRun(changes: Partial<AuditRun> = {}): AuditRun {
  return {
    id: "run",
    session: "session",
    source: undefined,
    repository: "digits",
    model: "mlp",
    mode: "mutation",
    background: undefined,
    machine: "machine",
    startMs: 0,
    endMs: 1_000_000,
    durationSeconds: 1000,
    status: "success",
    failureClass: null,
    errorMessage: "",
    parameters: { epochs: 10 },
    mutated: ["epochs"],
    metrics: { accuracy: 0.9 },
    gpuJoules: 200_200,
    cpuJoules: 50_000,
    coverage: 1,
    published: [],
    echoed: {},
    flags: [],
    traces: [exampleTrace()],
    ...changes,
  };
}

/** Runs one after another, with a pause of a minute. */
export function series(changes: readonly Partial<AuditRun>[]): readonly AuditRun[] {
  let startMs = 0;
  return changes.map((each, index) => {
    const run = exampleRun({ id: `run ${index}`, ...each });
    const placed = {
      ...run,
      startMs: each.startMs ?? startMs,
      endMs: (each.startMs ?? startMs) + run.durationSeconds * 1000,
    };
    startMs = placed.endMs + 60_000;
    return placed;
  });
}

/** What a run that was imported has published of itself. */
export function published(changes: {
  readonly gpu?: number | null;
  readonly cpu?: number | null;
  readonly line?: number | null;
  readonly id?: string;
  readonly timestamp?: string;
}): AuditRun["published"][number] {
  return {
    file: changes.line ? "data.csv" : "experiment.json",
    line: changes.line ?? null,
    experiment_id: changes.id ?? null,
    timestamp: changes.timestamp ?? null,
    duration_seconds: 1000,
    retries: 0,
    training_success: true,
    error_message: "",
    hyperparameters: {},
    energy_metrics: {
      cpu_energy_pkg_joules: changes.cpu === undefined ? 50_000 : changes.cpu,
      cpu_energy_ram_joules: null,
      cpu_energy_total_joules: null,
      gpu_power_avg_watts: null,
      gpu_power_max_watts: null,
      gpu_power_min_watts: null,
      gpu_energy_total_joules: changes.gpu === undefined ? 200_000 : changes.gpu,
      gpu_temp_avg_celsius: null,
      gpu_temp_max_celsius: null,
      gpu_util_avg_percent: null,
      gpu_util_max_percent: null,
    },
    performance_metrics: {},
  };
}

/** Telemetry of a GPU that another process kept busy all the time. */
export const foreign = exampleTrace({ startWatts: 180, minWatts: 175, startUtilizationPercent: 100, meanWatts: 183 });
