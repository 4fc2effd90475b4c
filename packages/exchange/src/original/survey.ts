import { open } from "node:fs/promises";
import { join } from "node:path";
import type { OriginalFiles } from "./find-originals.ts";
import { fullestLog, readLogHead } from "./log-head.ts";
import { parameterEchoes } from "./parameter-echoes.ts";
import { readRecordFile } from "./record-file.ts";
import { readRunName } from "./run-name.ts";
import { type TrainerDefaults, trainerDefaults } from "./trainer-defaults.ts";
import { offsetMinutes, wallClockMs } from "./wall-clock.ts";

/** What all runs together tell about each. */
export interface Survey {
  readonly defaults: TrainerDefaults;
  /** Minutes that the wall clock was ahead of UTC, by the first run that tells. */
  readonly usualOffset: number | undefined;
}

/** Looks once at every run, at as little of it as is needed. */
export async function surveyRuns(root: string, runs: readonly OriginalFiles[]): Promise<Survey> {
  const defaults = trainerDefaults();
  let usualOffset: number | undefined;
  for (const run of runs) {
    if (run.logs.length === 0 && usualOffset !== undefined) continue;
    const { record } = readRecordFile(root, run.record);
    usualOffset ??= await offsetOf(root, run, record?.timestamp);
    const log = await fullestLog(root, run.logs);
    const named = readRunName(run.name);
    const [repository, model] = [record?.repository ?? named?.repository, record?.model ?? named?.model];
    if (log === undefined || !record || repository === undefined || model === undefined) continue;
    const head = await readLogHead(join(root, log)).catch(() => undefined); // told when the log is read
    if (head) defaults.learn(repository, model, record.hyperparameters, parameterEchoes(head));
  }
  return { defaults, usualOffset };
}

async function offsetOf(
  root: string,
  { energy }: OriginalFiles,
  timestamp: string | undefined,
): Promise<number | undefined> {
  const directory = energy.at(-1)?.directory;
  const wallMs = timestamp === undefined ? undefined : wallClockMs(timestamp);
  if (directory === undefined || wallMs === undefined) return undefined;
  const last = await lastStamp(join(root, directory, "gpu_power.csv"));
  return last === undefined ? undefined : offsetMinutes(wallMs, last * 1000);
}

const TAIL_BYTES = 256;

/** The last time stamp of a trace in seconds; `undefined` where it cannot be read. */
async function lastStamp(path: string): Promise<number | undefined> {
  const file = await open(path, "r").catch(() => undefined); // told when the run is read
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(TAIL_BYTES), position: start });
    const stamps = [...buffer.toString("latin1", 0, bytesRead).matchAll(/^(\d{9,11}),/gm)];
    return stamps.length === 0 ? undefined : Number(stamps.at(-1)?.[1]);
  } finally {
    await file.close();
  }
}
