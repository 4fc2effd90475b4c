import type { RecordJson } from "@ea/records";
import type { SessionResult } from "@ea/runner";
import { joules, seconds, table } from "./format.ts";

/** The table at the end of a session, why energies are missing, and where everything is. */
export function resultTable(result: SessionResult, records: readonly RecordJson[]): string {
  const metrics = [...new Set(records.flatMap((record) => Object.keys(record.performance_metrics)))];
  const mutated = [...new Set(records.flatMap((record) => record.mutated))];
  const header = ["row", "model", ...mutated, "status", "time", "CPU", "DRAM", "GPU", "CPU estimate", ...metrics];
  const rows = records.map((record) => {
    const { energy_metrics: energy, hyperparameters, performance_metrics: performance } = record;
    return [
      String(record.row),
      `${record.repository}/${record.model}`,
      ...mutated.map((name) => text(hyperparameters[name])),
      record.failure_class ? `${record.status} (${record.failure_class})` : record.status,
      seconds(record.duration_seconds),
      energyCell(energy.cpu_energy_pkg_joules),
      energyCell(energy.cpu_energy_ram_joules),
      energyCell(energy.gpu_energy_total_joules),
      energyCell(record.energy.find(({ name }) => name === "cpu_estimate")?.value),
      ...metrics.map((name) => text(performance[name])),
    ];
  });
  const { planned, completed, failed, suspect, directory, summary } = result;
  const missing = planned - completed - failed - suspect;
  const counts = [
    `${completed} of ${planned} runs succeeded`,
    failed && `${failed} failed`,
    suspect && `${suspect} suspect`,
    missing && `${missing} not finished`,
  ];
  return [
    records.length > 0 ? `${table(header, rows)}\n` : "",
    `${counts.filter(Boolean).join(", ")}\n`,
    missingEnergies(records),
    `Records:  ${directory}\n`,
    `Summary:  ${summary}\n`,
  ].join("");
}

/** Each energy without a value, once, with its reason; and what an estimate is. */
function missingEnergies(records: readonly RecordJson[]): string {
  const lines = new Set<string>();
  for (const { name, value, reason, quality } of records.flatMap((record) => record.energy)) {
    if (value === null) lines.add(`  no ${name}: ${reason ?? "unknown"}\n`);
    else if (quality === "estimated") lines.add(`  ${name} is a model, not a measurement\n`);
  }
  return lines.size > 0 ? `Energy:\n${[...lines].join("")}` : "";
}

function energyCell(value: number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : joules(value);
}

function text(value: number | string | boolean | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
