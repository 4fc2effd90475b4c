import type { AttemptJson, RecordJson } from "@ea/records";
import type { ReportInput, RunTrace, TraceChannel } from "../src/report-input.ts";
import { traceChannel } from "../src/traces/trace-channel.ts";

/** What a made-up session is like. */
export interface SampleOptions {
  readonly runs: number;
  readonly session?: string;
  /** Runs per configuration. */
  readonly repetitions?: number;
  readonly energy?: "measured" | "estimate" | "none";
  /** Each how-manyth row fails for good. */
  readonly failedEach?: number;
}

const METRICS = {
  cpu_energy_pkg_joules: null,
  cpu_energy_ram_joules: null,
  cpu_energy_total_joules: null,
  gpu_power_avg_watts: null,
  gpu_power_max_watts: null,
  gpu_power_min_watts: null,
  gpu_energy_total_joules: null,
  gpu_temp_avg_celsius: null,
  gpu_temp_max_celsius: null,
  gpu_util_avg_percent: null,
  gpu_util_max_percent: null,
};

/** A quantity with a sensor's uncertainty of 2 %. */
export function quantity(
  name: string,
  value: number | null,
  more: Partial<RecordJson["energy"][number]> = {},
): RecordJson["energy"][number] {
  const item = value === null ? null : 0.01 * value;
  const gpu = name === "gpu";
  return {
    name,
    scope: gpu ? "device" : "host",
    device: gpu ? "GPU-1" : null,
    value,
    unit: "J",
    source: gpu ? "nvidia-smi" : name === "cpu_estimate" ? "/proc/stat" : "perf",
    method: gpu ? "trapezoid over power samples" : "RAPL counters",
    quality: value === null ? "unavailable" : gpu ? "integrated" : name === "cpu_estimate" ? "estimated" : "measured",
    reason: value === null ? `no meter for ${name}` : name === "cpu_estimate" ? "a model, not a measurement" : null,
    uncertainty:
      item === null
        ? null
        : { combined: 2 * item, coverage_factor: 2, sampling: null, sensor: item, quantisation: null, edges: null },
    coverage: value === null ? null : 1,
    ...more,
  };
}

/** Numbers between 0 and 1 that are the same each time: a linear congruential generator. */
function sampleRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Records of a session: accuracy and energy depend on epochs, batch size, learning rate and optimizer. */
function sampleRecords(options: SampleOptions): readonly RecordJson[] {
  const { runs, session = "20260303_091407_sample", repetitions = 1, energy = "measured", failedEach = 0 } = options;
  const random = sampleRandom(7);
  const noise = (size: number): number => size * (random() + random() - 1);
  const records: RecordJson[] = [];
  while (records.length < runs) {
    const configuration = {
      epochs: 3 + Math.floor(28 * random()),
      learning_rate: Number((10 ** (-4 + 3 * random())).toPrecision(4)),
      batch_size: 2 ** (4 + Math.floor(4 * random())),
      dropout: Math.round(10 * random()) / 20,
      optimizer: ["adam", "sgd", "adamw"][Math.floor(3 * random())] ?? "adam",
      weight_decay: 0.01,
    };
    for (let repetition = 0; repetition < repetitions && records.length < runs; repetition += 1) {
      const index = records.length;
      const rate = Math.log10(configuration.learning_rate) + 2.4;
      const accuracy = Math.min(
        0.995,
        0.86 + 0.04 * Math.log10(configuration.epochs) - 0.02 * rate * rate + noise(0.006),
      );
      const seconds = configuration.epochs * (4 + 120 / configuration.batch_size) * (1 + noise(0.01));
      const watts = 120 + 25 * Math.log2(configuration.batch_size / 16);
      const isFailed = failedEach > 0 && index % failedEach === failedEach - 1;
      const energies = {
        measured: [
          quantity("cpu_package", 48 * seconds * (1 + noise(0.01))),
          quantity("dram", 6 * seconds * (1 + noise(0.01))),
          quantity("gpu", watts * seconds * (1 + noise(0.01))),
          quantity("cpu_estimate", 60 * seconds),
        ],
        estimate: [
          quantity("cpu_package", null),
          quantity("gpu", null, { device: null }),
          quantity("cpu_estimate", 60 * seconds * (1 + noise(0.05)), {
            uncertainty: {
              combined: 60 * seconds,
              coverage_factor: 2,
              sampling: null,
              sensor: 30 * seconds,
              quantisation: null,
              edges: null,
            },
          }),
        ],
        none: [quantity("cpu_package", null), quantity("gpu", null, { device: null })],
      }[energy];
      records.push(
        sampleRecord({
          experiment_id: `${session}_${String(index).padStart(3, "0")}_digits_mlp_${((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0")}`,
          timestamp: new Date(Date.UTC(2026, 2, 3, 9, 14, 7) + index * 600_000).toISOString(),
          hyperparameters: { ...configuration, seed: 42 + repetition },
          duration_seconds: seconds,
          energy: energies,
          energy_metrics: { ...METRICS, gpu_temp_max_celsius: energy === "measured" ? 50 + watts / 10 : null },
          performance_metrics: isFailed ? {} : { test_accuracy: accuracy, test_loss: 1.2 * (1 - accuracy) },
          row: index,
          repetition,
          ...(isFailed && {
            status: "failed",
            training_success: false,
            failure_class: "oom",
            error_message: "out of memory",
          }),
          ...(index % 17 === 5 && {
            flags: [
              { code: "busy-host", severity: "warning", message: "other work kept 1.2 cores busy", evidence: {} },
            ],
          }),
        }),
      );
    }
  }
  return records;
}

/** A record of a success, with whatever is different; its one attempt has the same energy. */
export function sampleRecord(more: Partial<RecordJson> = {}): RecordJson {
  const record: RecordJson = {
    experiment_id: "20260303_091407_sample_000_digits_mlp_00000000",
    timestamp: "2026-03-03T09:14:07.000Z",
    repository: "digits",
    model: "mlp",
    hyperparameters: { epochs: 3 },
    duration_seconds: 10,
    energy_metrics: METRICS,
    performance_metrics: { test_accuracy: 0.9 },
    training_success: true,
    retries: 0,
    error_message: "",
    schema_version: 1,
    status: "success",
    failure_class: null,
    row: 0,
    mode: "mutation",
    mutated: ["epochs"],
    repetition: 0,
    attempts: [],
    energy: [quantity("gpu", 1000)],
    environment: {
      host: "node1",
      kernel: "6.1.0",
      cpu_model: "Example CPU 9000",
      cpu_microcode: null,
      cpu_threads: 16,
      memory_bytes: 64 * 2 ** 30,
      node_version: "v20.20.2",
      tool_version: "0.1.0",
      governor: { before: "performance", requested: null, during: "performance" },
      gpus: [{ uuid: "GPU-1", model: "Example GPU", driver_version: "550.1", power_limit_watts: 300 }],
      repository: { path: "/code/digits", commit: "0123abc", dirty: false, script_sha256: null },
      libraries: { python: "3.11.2", torch: "2.6.0" },
      variables: {},
    },
    flags: [],
    ...more,
  };
  return { ...record, attempts: more.attempts ?? [sampleAttempt(record)] };
}

/** An attempt that ended as its record says. */
function sampleAttempt(record: RecordJson, more: Partial<AttemptJson> = {}): AttemptJson {
  const { timestamp, duration_seconds, status, failure_class, error_message, energy, flags } = record;
  return {
    attempt: 1,
    started_at: timestamp,
    ended_at: timestamp,
    duration_seconds,
    status,
    failure_class,
    error_message,
    exit_code: status === "failed" ? 1 : 0,
    signal: null,
    command: ["python3", "train.py", "--epochs", String(record.hyperparameters["epochs"] ?? "")],
    training_cpu_seconds: null,
    meter_cpu_seconds: {},
    energy_metrics: record.energy_metrics,
    performance_metrics: record.performance_metrics,
    energy,
    flags,
    ...more,
  };
}

/** A trace with ten epochs. */
function sampleTrace(seconds: number, seed: number): RunTrace {
  const random = sampleRandom(seed);
  const count = 2000;
  const x = Array.from({ length: count }, (_, index) => (index * seconds) / (count - 1));
  const isPause = (second: number): boolean => ((10 * second) / seconds) % 1 > 0.92;
  const line = (kind: TraceChannel["kind"], label: string, of: (second: number) => number) =>
    traceChannel({ kind, label, x, y: x.map(of) }) ?? [];
  return {
    channels: [
      line("power", "GPU 0", (second) => (isPause(second) ? 130 : 210) + 8 * random()),
      line("power", "CPU package", (second) => (isPause(second) ? 60 : 46) + 3 * random()),
      line("temperature", "GPU 0", (second) => 70 - 30 * Math.exp((-6 * second) / seconds) + random()),
      line("utilisation", "GPU 0", (second) => (isPause(second) ? 20 : 95) + 4 * random()),
    ].flat(),
    epochs: Array.from({ length: 10 }, (_, index) => ({
      seconds: ((index + 1) * seconds) / 10,
      label: String(index + 1),
    })),
  };
}

/** Input of a report over one made-up session. */
export function sampleInput(options: SampleOptions & { readonly withTraces?: boolean }): ReportInput {
  const records = sampleRecords(options);
  return {
    sessions: [{ name: options.session ?? "20260303_091407_sample", plan: undefined, records }],
    skipped: [],
    traces: new Map(
      options.withTraces
        ? records.map((record, index) => [record.experiment_id, sampleTrace(record.duration_seconds, index)])
        : [],
    ),
    toolVersion: "0.1.0",
    createdAt: "2026-03-04T12:00:00Z",
  };
}
