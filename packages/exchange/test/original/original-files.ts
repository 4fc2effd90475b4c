import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The clock of the original's machine was so far ahead of UTC. */
const OFFSET_MS = 8 * 3_600_000;

/** A new directory. */
export function emptyDirectory(): string {
  return mkdtempSync(join(tmpdir(), "ea-import-"));
}

/** Writes a file below a directory, whose parents are made. */
export function put(root: string, path: string, text: string | Uint8Array): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

/** One run of the original. */
export interface FakeRun {
  /** Folder of the run, relative to the root. */
  readonly folder: string;
  /** When its trace begins, in seconds since 1970. */
  readonly start?: number;
  readonly seconds?: number;
  readonly watts?: number;
  readonly record?: object | string | undefined;
  readonly log?: string;
  /** Files of `energy/` that are written otherwise, or not at all. */
  readonly energy?: Readonly<Record<string, string | undefined>>;
}

export const START = 1_767_130_578;

/** Time without an offset, as the original wrote it. */
export function wallClock(epochSeconds: number): string {
  return `${new Date(epochSeconds * 1000 + OFFSET_MS).toISOString().slice(0, 19)}.614340`;
}

/** A record of a run alone; `more` replaces fields. */
export function soloRecord(id: string, more: object = {}): Record<string, unknown> {
  return {
    experiment_id: id,
    timestamp: wallClock(START + 102),
    repository: "examples",
    model: "mnist",
    hyperparameters: { batch_size: 56 },
    duration_seconds: 101.3,
    energy_metrics: { cpu_energy_pkg_joules: 1001.5, cpu_energy_ram_joules: 200.25, gpu_energy_total_joules: 9000 },
    performance_metrics: { test_accuracy: 95, test_loss: 0.1544 },
    training_success: true,
    retries: 0,
    error_message: "Training completed successfully",
    ...more,
  };
}

/** A record of a run beside a load. */
export function parallelRecord(id: string): Record<string, unknown> {
  const { experiment_id, timestamp, ...foreground } = soloRecord(id);
  const background = {
    repository: "examples",
    model: "siamese",
    hyperparameters: { epochs: 10 },
    log_directory: "/somewhere/background_logs",
    note: "Background training served as GPU load only (not monitored)",
  };
  return { experiment_id, timestamp, mode: "parallel", foreground, background };
}

/** A trace of constant power, one reading a second. */
export function powerTrace(start: number, seconds: number, watts: number): string {
  const rows = Array.from({ length: seconds + 1 }, (_, second) => `${start + second},${watts.toFixed(2)}\n`);
  return `timestamp,power_draw_w\n${rows.join("")}`;
}

/** What perf wrote. */
export function perfReport(seconds: number, pkg = "1,001.50", ram = "200.25"): string {
  return `# started on Wed Dec 31 05:36:18 2025


 Performance counter stats for 'system wide':

          ${pkg} Joules power/energy-pkg/
            ${ram} Joules power/energy-ram/

    ${seconds}.400000000 seconds time elapsed

`;
}

/** Writes the folder of a run as the original left it. */
export function putRun(root: string, run: FakeRun): void {
  const { folder, start = START, seconds = 100, watts = 100, log } = run;
  const record = "record" in run ? run.record : soloRecord(folder.split("/").at(-1) ?? "");
  const files: Record<string, string | undefined> = {
    "gpu_power.csv": powerTrace(start, seconds, watts),
    "gpu_temperature.csv": `timestamp,gpu_temp_c,memory_temp_c\n${start},60,N/A\n${start + 1},62,N/A\n`,
    "gpu_utilization.csv": `timestamp,gpu_util_percent,memory_util_percent\n${start},90,10\n${start + 1},100,10\n`,
    "cpu_energy_raw.txt": perfReport(seconds),
    "cpu_energy.txt":
      "Package Energy (Joules): 1001.50\nRAM Energy (Joules): 200.25\nTotal CPU Energy (Joules): 1201.75\n",
    ...run.energy,
  };
  for (const [name, text] of Object.entries(files)) {
    if (text !== undefined) put(root, `${folder}/energy/${name}`, text);
  }
  if (record !== undefined) {
    put(root, `${folder}/experiment.json`, typeof record === "string" ? record : JSON.stringify(record, undefined, 2));
  }
  if (log !== undefined) put(root, `${folder}/terminal_output.txt`, log);
}

/** What the original's wrapper captured of a training of mnist to which only the batch size was passed. */
export const MNIST_LOG = `${"=".repeat(80)}
STDOUT:
${"=".repeat(80)}
[Train Wrapper] Repository: repos/examples
[Train Wrapper] Command: ./train.sh -n mnist -b 56
========================================
\u001b[0;34m[INFO]\u001b[0m Model: mnist
\u001b[0;34m[INFO]\u001b[0m Epochs: 14
\u001b[0;34m[INFO]\u001b[0m Batch Size: 56
\u001b[0;34m[INFO]\u001b[0m Learning Rate: 1.0
\u001b[0;34m[INFO]\u001b[0m Seed: 1
Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.316831

Test set: Average loss: 0.2091, Accuracy: 9405/10000 (94%)

Test set: Average loss: 0.1544, Accuracy: 9478/10000 (95%)

\u001b[0;32m[SUCCESS]\u001b[0m Final Test Accuracy: 95%
[Train Wrapper] Training finished with exit code: 0
`;
