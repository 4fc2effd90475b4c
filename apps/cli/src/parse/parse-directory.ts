import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { energyMetrics, type QuantityJson, quantityToJson, type TimeWindow } from "@ea/energy";
import { type EnergyWindows, readEnergyDirectory } from "@ea/exchange";
import { AttemptJson, type EnergyMetricsJson, energyMetricsToJson } from "@ea/records";
import { inputError } from "./input-error.ts";
import type { Document } from "./parse-file.ts";

/** The energy of an attempt by its files. */
export interface DirectoryEnergy {
  readonly metrics: EnergyMetricsJson;
  readonly energy: QuantityJson[];
  readonly originalSum: number | undefined;
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Reads the energy files of an attempt: ours, also of a session that was killed, or the original's `energy/`.
 *
 * @throws {RunnerError} `CONFIG` for a directory without energy files.
 */
export async function readEnergy(path: string, shownAs: string): Promise<DirectoryEnergy> {
  const attempt = join(path, "attempt.json");
  const found = await readEnergyDirectory(path, existsSync(attempt) ? await attemptWindows(attempt) : {});
  if (!found) return elsewhere(path, shownAs);
  const { quantities, telemetry, originalSum, files } = found;
  return {
    metrics: energyMetricsToJson(energyMetrics(quantities, telemetry)),
    energy: quantities.map(quantityToJson),
    originalSum,
    files,
  };
}

async function elsewhere(path: string, shownAs: string): Promise<DirectoryEnergy> {
  const names = await readdir(path);
  if (names.includes("energy")) return readEnergy(join(path, "energy"), join(shownAs, "energy"));
  const attempt = names.filter((name) => /^attempt_\d+$/.test(name)).at(-1);
  const hint = attempt === undefined ? "" : `; did you mean ${join(shownAs, attempt)}?`;
  throw inputError(shownAs, `expected energy files such as gpu_power.csv or cpu_energy.txt, found none${hint}`);
}

/** `ea parse` of a directory. */
export async function parseDirectory(path: string, shownAs: string): Promise<Document> {
  const { metrics, energy, originalSum, files } = await readEnergy(path, shownAs);
  return { kind: "directory", energy_metrics: metrics, energy, original_sum: originalSum ?? null, files };
}

/** When each meter measured; of one that did not say, the training's own time: `started_at` is before the meters have started. */
async function attemptWindows(path: string): Promise<EnergyWindows> {
  const json: unknown = JSON.parse(await readFile(path, "utf8"));
  const attempt = AttemptJson.safeParse(json);
  if (!attempt.success || attempt.data.duration_seconds === null) return {};
  const endMs = Date.parse(attempt.data.ended_at);
  const training = { startMs: endMs - attempt.data.duration_seconds * 1000, endMs };
  const windowOf = (meter: string): TimeWindow => {
    const window = attempt.data.meter_windows?.[meter];
    return window ? { startMs: window.start_ms, endMs: window.end_ms } : training;
  };
  return { gpu: windowOf("nvidia-smi"), cpu: windowOf("cpu") };
}
