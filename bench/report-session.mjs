import { traceChannel } from "@ea/report";

const METRICS = ["cpu_energy_pkg", "cpu_energy_ram", "cpu_energy_total", "gpu_energy_total"].map(
  (name) => `${name}_joules`,
);
const TELEMETRY = ["gpu_power_avg_watts", "gpu_power_max_watts", "gpu_power_min_watts"];
const OTHERS = ["gpu_temp_avg_celsius", "gpu_temp_max_celsius", "gpu_util_avg_percent", "gpu_util_max_percent"];
const NO_METRICS = Object.fromEntries([...METRICS, ...TELEMETRY, ...OTHERS].map((name) => [name, null]));
const ENVIRONMENT = {
  host: "node1",
  kernel: "6.1.0",
  cpu_model: "Example CPU",
  cpu_microcode: null,
  cpu_threads: 16,
  memory_bytes: 2 ** 36,
  node_version: process.version,
  tool_version: "0.1.0",
  governor: { before: null, requested: null, during: null },
  gpus: [{ uuid: "GPU-1", model: "Example GPU", driver_version: null, power_limit_watts: 300 }],
  repository: { path: "/code/digits", commit: null, dirty: null, script_sha256: null },
  libraries: {},
  variables: {},
};

/** Input of a report: so many runs of five hyperparameters, each with four lines of 2000 samples. */
export function reportInput(count) {
  let state = 7;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const runs = Array.from({ length: count }, (_, row) => runOf(row, random));
  return {
    sessions: [{ name: "bench", plan: undefined, records: runs.map(({ record }) => record) }],
    skipped: [],
    traces: new Map(runs.map(({ record, trace }) => [record.experiment_id, trace])),
    toolVersion: "0.1.0",
    createdAt: "2026-03-04T12:00:00Z",
  };
}

function runOf(row, random) {
  const epochs = 3 + Math.floor(28 * random());
  const batch_size = 2 ** (4 + Math.floor(4 * random()));
  const seconds = epochs * (4 + 120 / batch_size) * (0.99 + 0.02 * random());
  const energy = [quantity("cpu_package", 48 * seconds), quantity("dram", 6 * seconds), quantity("gpu", 200 * seconds)];
  const learning_rate = Number((10 ** (-4 + 3 * random())).toPrecision(4));
  const optimizer = ["adam", "sgd", "adamw"][Math.floor(3 * random())];
  const record = {
    experiment_id: `20260303_091407_bench_${String(row).padStart(3, "0")}_digits_mlp_${(row * 7919).toString(16).padStart(8, "0")}`,
    timestamp: new Date(Date.UTC(2026, 2, 3) + row * 600_000).toISOString(),
    repository: "digits",
    model: "mlp",
    hyperparameters: { epochs, batch_size, learning_rate, dropout: Math.round(10 * random()) / 20, optimizer },
    duration_seconds: seconds,
    energy_metrics: NO_METRICS,
    performance_metrics: { test_accuracy: 0.8 + 0.19 * random(), test_loss: random() },
    training_success: true,
    retries: 0,
    error_message: "",
    schema_version: 1,
    status: "success",
    failure_class: null,
    row,
    mode: "mutation",
    mutated: ["epochs"],
    repetition: 0,
    attempts: [],
    energy,
    environment: ENVIRONMENT,
    flags: [],
  };
  const x = Array.from({ length: 2000 }, (_, index) => (index * seconds) / 1999);
  const line = (kind, label, high) =>
    traceChannel({
      kind,
      label,
      x,
      y: x.map((at) => (((10 * at) / seconds) % 1 > 0.9 ? 0.6 : 1) * high + 5 * random()),
    });
  const channels = [
    line("power", "GPU 0", 210),
    line("power", "CPU package", 48),
    line("temperature", "GPU 0", 70),
    line("utilisation", "GPU 0", 94),
  ];
  const epochMarks = Array.from({ length: 10 }, (_, index) => ({
    seconds: ((index + 1) * seconds) / 10,
    label: `${index + 1}`,
  }));
  return { record, trace: { channels, epochs: epochMarks } };
}

function quantity(name, value) {
  const items = { sampling: null, sensor: 0.01 * value, quantisation: null, edges: null };
  return {
    name,
    scope: name === "gpu" ? "device" : "host",
    device: null,
    value,
    unit: "J",
    source: "bench",
    method: "made up",
    quality: "measured",
    reason: null,
    uncertainty: { combined: 0.02 * value, coverage_factor: 2, ...items },
    coverage: 1,
  };
}
