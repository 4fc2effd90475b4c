import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { energyMetrics, quantityToJson, unavailable } from "@ea/energy";
import {
  type AttemptJson,
  type EnergyMetricsJson,
  energyMetricsToJson,
  isoWithOffset,
  type PlanRow,
  readAttempt,
  retiredRecords,
  toJsonText,
  writeFileAtomically,
} from "@ea/records";
import { unseenFlags } from "./attempt-flags.ts";
import { sharedHostFlag } from "./background-flags.ts";

/** Energy of an attempt whose `ea` was killed, up to the last interval that its meters had completed. */
export interface RecoveredEnergy {
  readonly energy: AttemptJson["energy"];
  readonly metrics: EnergyMetricsJson;
}

/** Reads energy out of an attempt's raw files, or says why there is none. */
export type RecoverEnergy = (attemptDirectory: string) => Promise<RecoveredEnergy | { readonly reason: string }>;

/** Attempts that processes before this one have made of a row. */
export interface EarlierAttempts {
  /** All of them, oldest first. */
  readonly all: readonly AttemptJson[];
  /** Those that no record has decided about: of a row that has been interrupted. */
  readonly undecided: readonly AttemptJson[];
}

/**
 * Reads the attempts in a row's directory. One that has no `attempt.json`, because its `ea` was killed, gets it now, as
 * interrupted. To be called by who has the row's claim.
 */
export async function earlierAttempts(
  rowDirectory: string,
  row: PlanRow,
  recover: RecoverEnergy,
): Promise<EarlierAttempts> {
  const names = await readdir(rowDirectory);
  for (const name of names.filter((each) => each.endsWith(".tmp"))) await rm(join(rowDirectory, name));
  const numbers = names.flatMap((name) => {
    const [, number] = /^attempt_(\d+)$/.exec(name) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
  const all: AttemptJson[] = [];
  for (const number of numbers.sort((a, b) => a - b)) {
    const directory = join(rowDirectory, `attempt_${number}`);
    all.push((await readAttempt(directory)) ?? (await closeAttempt(directory, number, row, recover)));
  }
  const retired = (await retiredRecords(rowDirectory)).flatMap(({ attempts }) => attempts);
  const decided = Math.max(0, ...retired.map(({ attempt }) => attempt));
  return { all, undecided: all.filter(({ attempt }) => attempt > decided) };
}

/** What can still be said about an attempt whose end nobody saw. */
async function closeAttempt(
  directory: string,
  number: number,
  { argv, background }: PlanRow,
  recover: RecoverEnergy,
): Promise<AttemptJson> {
  const { birthtime } = await stat(directory);
  const found = await recover(directory);
  const recovered = "reason" in found ? noEnergy(`ea was killed during the attempt; ${found.reason}`) : found;
  const attempt: AttemptJson = {
    attempt: number,
    started_at: isoWithOffset(birthtime),
    ended_at: isoWithOffset(await lastWrite(directory, birthtime)),
    duration_seconds: null,
    status: "failed",
    failure_class: "interrupted",
    error_message: "ea was killed; ended_at is when a file of the attempt was last written",
    exit_code: null,
    signal: null,
    command: [...argv],
    training_cpu_seconds: null,
    meter_cpu_seconds: {},
    energy_metrics: recovered.metrics,
    performance_metrics: {},
    energy: [...recovered.energy],
    flags: [...unseenFlags(recovered.energy), ...(background ? [sharedHostFlag(background)] : [])],
  };
  await writeFileAtomically(join(directory, "attempt.json"), toJsonText(attempt));
  return attempt;
}

function noEnergy(reason: string): RecoveredEnergy {
  const quantities = ["cpu_package", "dram", "gpu"].map((name) =>
    unavailable({ name, scope: name === "gpu" ? "device" : "host", source: "none", method: "none" }, reason),
  );
  return { energy: quantities.map(quantityToJson), metrics: energyMetricsToJson(energyMetrics(quantities)) };
}

async function lastWrite(directory: string, start: Date): Promise<Date> {
  const files = await readdir(directory, { withFileTypes: true });
  const times = await Promise.all(
    files.filter((file) => file.isFile()).map(async ({ name }) => (await stat(join(directory, name))).mtimeMs),
  );
  return new Date(Math.max(start.getTime(), ...times));
}
