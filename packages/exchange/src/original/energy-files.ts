/** The files of energy that the original left of a run, by the names that they have here too. */
export const ENERGY_FILES = [
  "gpu_power.csv",
  "gpu_temperature.csv",
  "gpu_utilization.csv",
  "cpu_energy_raw.txt",
  "cpu_energy.txt",
] as const;
