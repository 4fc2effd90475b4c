import { stringify } from "csv-stringify/sync";
import type { Subject } from "./measure-request.ts";
import type { MeasuredRun } from "./measured-run.ts";

const COLUMNS = [
  "command",
  "run",
  "exit_code",
  "signal",
  "interrupted",
  "duration_seconds",
  "name",
  "device",
  "energy_joules",
  "uncertainty_joules",
  "mean_watts",
  "peak_watts",
  "quality",
  "source",
  "reason",
];

/** Text of `--export-csv`: one row per run and quantity; a value that is not known is empty. */
export function measureCsv(subjects: readonly Subject[], runs: readonly MeasuredRun[]): string {
  const rows = runs.flatMap((run) =>
    run.energies.map(({ quantity, meanWatts, peakWatts }) => [
      subjects[run.command]?.label,
      run.run,
      run.exitCode,
      run.signal,
      String(run.isInterrupted),
      run.durationSeconds,
      quantity.name,
      quantity.device,
      quantity.value,
      quantity.uncertainty?.combined,
      meanWatts,
      peakWatts,
      quantity.quality,
      quantity.source,
      quantity.reason,
    ]),
  );
  return stringify([COLUMNS, ...rows]);
}
