import type { GpuTelemetry } from "./gpu-telemetry.ts";
import { type Quantity, totalJoules } from "./quantity.ts";

/** The 11 energy metrics of a record; `null` where the machine could not tell. */
export interface EnergyMetrics {
  readonly cpuEnergyPkgJoules: number | null;
  readonly cpuEnergyRamJoules: number | null;
  /** Package plus DRAM; `null` unless both are known. */
  readonly cpuEnergyTotalJoules: number | null;
  readonly gpuPowerAvgWatts: number | null;
  readonly gpuPowerMaxWatts: number | null;
  readonly gpuPowerMinWatts: number | null;
  readonly gpuEnergyTotalJoules: number | null;
  readonly gpuTempAvgCelsius: number | null;
  readonly gpuTempMaxCelsius: number | null;
  readonly gpuUtilAvgPercent: number | null;
  readonly gpuUtilMaxPercent: number | null;
}

/** The 11 metrics from measured quantities and GPU telemetry; estimates never enter them. */
export function energyMetrics(quantities: readonly Quantity[], gpu?: GpuTelemetry): EnergyMetrics {
  const measured = quantities.filter(({ quality }) => quality !== "estimated");
  const pkg = totalJoules(measured, "cpu_package");
  const ram = totalJoules(measured, "dram");
  return {
    cpuEnergyPkgJoules: pkg,
    cpuEnergyRamJoules: ram,
    cpuEnergyTotalJoules: pkg === null || ram === null ? null : pkg + ram,
    gpuPowerAvgWatts: gpu?.powerAvgWatts ?? null,
    gpuPowerMaxWatts: gpu?.powerMaxWatts ?? null,
    gpuPowerMinWatts: gpu?.powerMinWatts ?? null,
    gpuEnergyTotalJoules: totalJoules(measured, "gpu"),
    gpuTempAvgCelsius: gpu?.temperatureAvgCelsius ?? null,
    gpuTempMaxCelsius: gpu?.temperatureMaxCelsius ?? null,
    gpuUtilAvgPercent: gpu?.utilizationAvgPercent ?? null,
    gpuUtilMaxPercent: gpu?.utilizationMaxPercent ?? null,
  };
}
