import type { BackgroundLoad, Flag, PlannedBackground } from "@ea/records";
import { MAX_FAST_FAILURES } from "./defaults.ts";
import type { EndedTree } from "./end-tree.ts";

/** A load that is started anew again and again has such gaps. */
const WHOLE_SHARE = 0.99;
/** A training that uses less of one core, and no GPU, waits for something. */
const IDLE_CPU_SHARE = 0.01;
/** CPU time is counted in hundredths of a second. */
const MIN_WINDOW_SECONDS = 1;

/** In mode `parallel` nothing that is measured is the foreground's alone. */
export function sharedHostFlag({ repository, model, key }: PlannedBackground): Flag {
  const message = `a background load (${repository}/${model}) ran on this host at the same time: energies are of both`;
  return { code: "shared-host", severity: "warning", message, evidence: { background: key } };
}

/** What there is to know about a load before the foreground's numbers are used. */
export function loadFlags(load: BackgroundLoad): readonly Flag[] {
  return [...gapFlags(load), ...failureFlags(load), ...idleFlags(load)];
}

function gapFlags({ aliveSeconds, windowSeconds, runs, restarts, exitCodes }: BackgroundLoad): readonly Flag[] {
  if (windowSeconds === 0 || aliveSeconds >= windowSeconds) return [];
  const share = aliveSeconds / windowSeconds;
  const times = restarts === 1 ? "once" : `${restarts} times`;
  const message = `the background load ran for ${aliveSeconds.toFixed(3)} s of the ${windowSeconds.toFixed(3)} s that were measured and was started anew ${times}`;
  const evidence = { aliveSeconds, windowSeconds, runs, restarts, exitCodes };
  return [{ code: "background-gap", severity: share >= WHOLE_SHARE ? "info" : "error", message, evidence }];
}

function failureFlags({ exitCodes, runs }: BackgroundLoad): readonly Flag[] {
  const count = (codes: readonly string[]): number => codes.reduce((sum, code) => sum + (exitCodes[code] ?? 0), 0);
  const codes = Object.keys(exitCodes);
  const failed = count(codes.filter((code) => code !== "0"));
  if (failed === 0) return [];
  const keepsFailing = failed === count(codes) && failed >= MAX_FAST_FAILURES;
  const words = codes.map((code) => `${exitCodes[code]} with exit code ${code}`).join(", ");
  const message = `the background load ${keepsFailing ? "kept failing" : "failed"}: of ${runs} runs ended ${words}`;
  const evidence = { exitCodes, runs };
  return [{ code: "background-failed", severity: keepsFailing ? "error" : "warning", message, evidence }];
}

function idleFlags({ cpuSeconds, aliveSeconds, gpus = [], windowSeconds }: BackgroundLoad): readonly Flag[] {
  if (cpuSeconds === undefined || windowSeconds < MIN_WINDOW_SECONDS || gpus.length > 0) return [];
  if (cpuSeconds >= IDLE_CPU_SHARE * windowSeconds) return [];
  const message = `the background load was none: ${cpuSeconds.toFixed(2)} s of CPU time in ${windowSeconds.toFixed(1)} s, and it was seen on no GPU`;
  return [
    { code: "background-idle", severity: "error", message, evidence: { cpuSeconds, aliveSeconds, windowSeconds } },
  ];
}

/** Processes of a load that not even SIGKILL has ended take energy from what comes next. */
export function backgroundSurvivorFlags({ survivors }: EndedTree): readonly Flag[] {
  if (survivors.length === 0) return [];
  const message = `${survivors.length} processes of the background load survived SIGKILL`;
  return [{ code: "survivors", severity: "error", message, evidence: { pids: [...survivors] } }];
}

/** The log of a load is not whole: a full disk, mostly. */
export function logProblemFlags(problem: Error | undefined): readonly Flag[] {
  if (problem === undefined) return [];
  const message = `background.log is not whole: ${problem.message}`;
  return [{ code: "background-log", severity: "info", message, evidence: {} }];
}
