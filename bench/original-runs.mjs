// Writes run folders as the original left them: sessions of runs, every other one beside a load, with traces of whole seconds.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const START = Date.UTC(2025, 11, 1) / 1000;
const OFFSET_SECONDS = 8 * 3600;
const RUNS_PER_SESSION = 100;

/** `count` runs below `directory`, with a trace of `rows` rows each. */
export function writeOriginalRuns(directory, count, rows) {
  for (let run = 0; run < count; run += 1) {
    const begin = START + run * (rows + 120);
    const session = Math.floor(run / RUNS_PER_SESSION);
    const stamp = wallClock(START + session * RUNS_PER_SESSION * (rows + 120)).replace("T", "_");
    const isParallel = run % 2 === 1;
    const number = String(run % RUNS_PER_SESSION).padStart(3, "0");
    const id = `pytorch_resnet_cifar10_resnet20_${number}${isParallel ? "_parallel" : ""}`;
    const folder = join(directory, `run_${stamp.replaceAll(/[-:]/g, "").slice(0, 15)}`, id);
    mkdirSync(join(folder, "energy"), { recursive: true });
    writeEnergy(join(folder, "energy"), begin, rows, run);
    const end = `${wallClock(begin + rows + 2)}.500000`;
    writeFileSync(
      join(folder, "experiment.json"),
      JSON.stringify(record(id, end, rows, isParallel, run), undefined, 2),
    );
  }
}

function writeEnergy(folder, begin, rows, run) {
  const [power, temperature, utilization] = [
    ["timestamp,power_draw_w"],
    ["timestamp,gpu_temp_c,memory_temp_c"],
    ["timestamp,gpu_util_percent,memory_util_percent"],
  ];
  for (let row = 0; row < rows; row += 1) {
    const stamp = begin + row + Math.floor(row / 37);
    power.push(`${stamp},${(200 + 60 * Math.sin(row / 20 + run)).toFixed(2)}`);
    temperature.push(`${stamp},${60 + (row % 20)},N/A`);
    utilization.push(`${stamp},${80 + (row % 20)},${row % 40}`);
  }
  writeFileSync(join(folder, "gpu_power.csv"), `${power.join("\n")}\n`);
  writeFileSync(join(folder, "gpu_temperature.csv"), `${temperature.join("\n")}\n`);
  writeFileSync(join(folder, "gpu_utilization.csv"), `${utilization.join("\n")}\n`);
  const seconds = rows + Math.floor(rows / 37);
  writeFileSync(
    join(folder, "cpu_energy_raw.txt"),
    `# started on Mon Dec  1 08:00:00 2025\n\n\n Performance counter stats for 'system wide':\n\n         88,283.11 Joules power/energy-pkg/                                                     \n          7,851.34 Joules power/energy-ram/                                                     \n\n    ${seconds}.378530094 seconds time elapsed\n\n`,
  );
  writeFileSync(
    join(folder, "cpu_energy.txt"),
    "Package Energy (Joules): 88283.11\nRAM Energy (Joules): 7851.34\nTotal CPU Energy (Joules): 96134.45\n",
  );
}

function record(experiment_id, timestamp, seconds, isParallel, run) {
  const training = {
    repository: "pytorch_resnet_cifar10",
    model: "resnet20",
    hyperparameters: { epochs: 100 + (run % 200), learning_rate: 0.05 + run / 1e5, seed: run },
    duration_seconds: seconds + 1.3,
    energy_metrics: {
      cpu_energy_pkg_joules: 88_283.11,
      cpu_energy_ram_joules: 7851.34,
      gpu_energy_total_joules: 488_041.9,
    },
    performance_metrics: { test_accuracy: 90.84, best_val_accuracy: 90.84 },
    training_success: true,
    retries: 0,
    error_message: "Training completed successfully",
  };
  if (!isParallel) return { experiment_id, timestamp, ...training };
  const background = { repository: "examples", model: "mnist", hyperparameters: {}, note: "load only" };
  return { experiment_id, timestamp, mode: "parallel", foreground: training, background };
}

/** ISO 8601 without an offset, as a clock in UTC+8 shows it. */
function wallClock(epochSeconds) {
  return new Date((epochSeconds + OFFSET_SECONDS) * 1000).toISOString().slice(0, 19);
}
