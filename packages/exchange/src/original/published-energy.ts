import type { EnergyMetricsJson } from "@ea/records";
import { numberOf } from "./json-value.ts";

/** The 11 energies of a record, and the columns that the original's tables have for them. */
export const ENERGY_COLUMNS = {
  cpu_energy_pkg_joules: "energy_cpu_pkg_joules",
  cpu_energy_ram_joules: "energy_cpu_ram_joules",
  cpu_energy_total_joules: "energy_cpu_total_joules",
  gpu_power_avg_watts: "energy_gpu_avg_watts",
  gpu_power_max_watts: "energy_gpu_max_watts",
  gpu_power_min_watts: "energy_gpu_min_watts",
  gpu_energy_total_joules: "energy_gpu_total_joules",
  gpu_temp_avg_celsius: "energy_gpu_temp_avg_celsius",
  gpu_temp_max_celsius: "energy_gpu_temp_max_celsius",
  gpu_util_avg_percent: "energy_gpu_util_avg_percent",
  gpu_util_max_percent: "energy_gpu_util_max_percent",
} as const satisfies Record<keyof EnergyMetricsJson, string>;

/** The 11 energies out of an object with their names; what is no number is `null`. */
export function energyOf(values: Readonly<Record<string, unknown>>): EnergyMetricsJson {
  const of = (name: keyof typeof ENERGY_COLUMNS): number | null => numberOf(values[name]) ?? null;
  return {
    cpu_energy_pkg_joules: of("cpu_energy_pkg_joules"),
    cpu_energy_ram_joules: of("cpu_energy_ram_joules"),
    cpu_energy_total_joules: of("cpu_energy_total_joules"),
    gpu_power_avg_watts: of("gpu_power_avg_watts"),
    gpu_power_max_watts: of("gpu_power_max_watts"),
    gpu_power_min_watts: of("gpu_power_min_watts"),
    gpu_energy_total_joules: of("gpu_energy_total_joules"),
    gpu_temp_avg_celsius: of("gpu_temp_avg_celsius"),
    gpu_temp_max_celsius: of("gpu_temp_max_celsius"),
    gpu_util_avg_percent: of("gpu_util_avg_percent"),
    gpu_util_max_percent: of("gpu_util_max_percent"),
  };
}
