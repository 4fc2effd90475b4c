import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Quantity } from "@ea/energy";
import { PerfError, parsePerf, parsePowercapLog, reportQuantities } from "@ea/energy-perf";
import { energyTables } from "@ea/metrics-parser";

/** The CPU's energies in a directory, and what each file that was read told. */
export interface CpuQuantities {
  readonly quantities: readonly Quantity[];
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Package and DRAM: perf's own report, else the log of powercap, else the original's summary. A report that is there and
 * is ambiguous is told as the reason: the summary was made from it.
 */
export async function cpuQuantities(directory: string, windowSeconds?: number): Promise<CpuQuantities> {
  const files: Record<string, Readonly<Record<string, unknown>>> = {};
  const perf = textIn(directory, "cpu_energy_raw.txt");
  if (perf !== undefined) {
    try {
      const report = parsePerf(perf);
      const { form, elapsedSeconds = null, isCut, droppedRows, badLines } = report;
      const counts = { elapsed_seconds: elapsedSeconds, is_cut: isCut, dropped_rows: droppedRows, bad_lines: badLines };
      files["cpu_energy_raw.txt"] = { read_for: "cpu_package, dram", kind: "perf", form, ...counts };
      return { quantities: reportQuantities(report, windowSeconds), files };
    } catch (error) {
      if (!(error instanceof PerfError)) throw error;
      const { code, message } = error;
      files["cpu_energy_raw.txt"] = { read_for: null, kind: "perf", refused: code, message };
      if (code === "AMBIGUOUS" || code === "SEVERAL_REPORTS") return { quantities: await withReason(message), files };
    }
  }
  const powercap = textIn(directory, "cpu_energy_powercap.csv");
  if (powercap !== undefined) {
    const { quantities, elapsedSeconds, badLines, isCut } = parsePowercapLog(powercap);
    const counts = { elapsed_seconds: elapsedSeconds, is_cut: isCut, bad_lines: badLines };
    files["cpu_energy_powercap.csv"] = { read_for: "cpu_package, dram", kind: "powercap", ...counts };
    return { quantities, files };
  }
  const cpuEnergy = textIn(directory, "cpu_energy.txt");
  if (cpuEnergy !== undefined) files["cpu_energy.txt"] = { read_for: "cpu_package, dram", kind: "summary" };
  const { quantities } = await energyTables({ cpuEnergy });
  const { message } = files["cpu_energy_raw.txt"] ?? {};
  const reason = cpuEnergy === undefined ? (message ?? "no file of CPU energy") : undefined;
  return { quantities: typeof reason === "string" ? await withReason(reason) : quantities.filter(isCpu), files };
}

async function withReason(reason: string): Promise<readonly Quantity[]> {
  const { quantities } = await energyTables({});
  return quantities.filter(isCpu).map((quantity) => ({ ...quantity, method: "RAPL", reason }));
}

function isCpu({ name }: Quantity): boolean {
  return name !== "gpu";
}

function textIn(directory: string, name: string): string | undefined {
  try {
    return readFileSync(join(directory, name), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
