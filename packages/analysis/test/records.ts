import { type Quantity, quantityToJson } from "@ea/energy";
import type { RecordJson } from "@ea/records";

/** A measured energy, with some members replaced. */
export function quantity(name: string, value: number | null, members: Partial<Quantity> = {}): Quantity {
  return {
    name,
    scope: "host",
    value,
    unit: "J",
    source: "test",
    method: "made up",
    quality: value === null ? "unavailable" : "measured",
    ...(value === null && { reason: "no counter" }),
    ...members,
  };
}

/** A successful record with these energies and metrics, with some members replaced. */
export function record(
  energy: readonly Quantity[],
  metrics: Readonly<Record<string, number>> = {},
  members: Partial<RecordJson> = {},
): RecordJson {
  const number = null;
  return {
    experiment_id: "session_000_digits_mlp_0123abcd",
    timestamp: "2026-11-24T12:00:00.000+00:00",
    repository: "digits",
    model: "mlp",
    hyperparameters: { epochs: 3, seed: 1 },
    duration_seconds: 10,
    energy_metrics: {
      cpu_energy_pkg_joules: number,
      cpu_energy_ram_joules: number,
      cpu_energy_total_joules: number,
      gpu_power_avg_watts: number,
      gpu_power_max_watts: number,
      gpu_power_min_watts: number,
      gpu_energy_total_joules: number,
      gpu_temp_avg_celsius: number,
      gpu_temp_max_celsius: number,
      gpu_util_avg_percent: number,
      gpu_util_max_percent: number,
    },
    performance_metrics: { ...metrics },
    training_success: true,
    retries: 0,
    error_message: "",
    schema_version: 1,
    status: "success",
    failure_class: null,
    row: 0,
    mode: "mutation",
    mutated: ["epochs", "seed"],
    repetition: 0,
    attempts: [],
    energy: energy.map(quantityToJson),
    environment: {
      host: "box",
      kernel: "6.1",
      cpu_model: null,
      cpu_microcode: null,
      cpu_threads: 2,
      memory_bytes: 1,
      node_version: "v20",
      tool_version: "1",
      governor: { before: null, requested: null, during: null },
      gpus: [],
      repository: { path: "/training", commit: null, dirty: null, script_sha256: null },
      libraries: {},
      variables: {},
    },
    flags: [],
    ...members,
  };
}
