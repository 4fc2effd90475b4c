import { configError, type Problem, type SettingsOverrides } from "@ea/runner";
import { DIRECTIONS, REQUIREMENTS, suggestion } from "@ea/runner/words";
import type { ExecutionFlags, RunFlags } from "./run-options.ts";

const INTEGER = /^\d+$/;
const DECIMAL = /^\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** Flags of `ea run`, of which other commands have only some. */
type SettingFlags = Partial<ExecutionFlags & Omit<RunFlags, keyof ExecutionFlags | "config" | "project">>;

/**
 * The settings that were given as flags.
 *
 * @throws {RunnerError} `CONFIG` naming every flag whose value cannot be used.
 */
export function settingsFromFlags(flags: SettingFlags): SettingsOverrides {
  const problems: Problem[] = [];
  const read = (
    flag: string,
    text: string | undefined,
    expected: string,
    isRight: (value: number) => boolean,
  ): number | undefined => {
    if (text === undefined) return undefined;
    const value = DECIMAL.test(text.trim()) ? Number(text) : Number.NaN;
    if (isRight(value)) return value;
    problems.push({ file: undefined, path: `--${flag}`, message: `expected ${expected}, found "${text}"` });
    return undefined;
  };
  const count = (flag: string, text: string | undefined, least: 0 | 1): number | undefined =>
    read(flag, text, least === 1 ? "a positive integer" : "an integer of at least 0", (value) => {
      return INTEGER.test(text?.trim() ?? "") && Number.isSafeInteger(value) && value >= least;
    });
  const seconds = (flag: string, text: string | undefined): number | undefined =>
    read(flag, text, "seconds, at least 0", (value) => value >= 0 && Number.isFinite(value));

  const positive = (flag: string, unit: string, text: string | undefined): number | undefined =>
    read(flag, text, `${unit}, more than 0`, (value) => value > 0 && Number.isFinite(value));

  const overrides: SettingsOverrides = {
    runs: count("runs", flags.runs, 1),
    repetitions: count("repetitions", flags.repetitions, 1),
    seed: flags.seed,
    strategy: flags.strategy,
    objectives: objectives(flags.objectives, problems),
    history: flags.history?.split(",").map((directory) => directory.trim()),
    order: flags.order,
    baseline: flags.baseline,
    warmUp: count("warm-up", flags["warm-up"], 0),
    maxRetries: count("max-retries", flags["max-retries"], 0),
    retryTimeouts: flags["retry-timeouts"],
    timeoutSeconds: positive("timeout", "seconds", flags.timeout),
    stallSeconds: seconds("stall", flags.stall),
    sleep: flags.sleep,
    coolDown: flags["cool-down"],
    retrySleepSeconds: seconds("retry-sleep", flags["retry-sleep"]),
    runSleepSeconds: seconds("run-sleep", flags["run-sleep"]),
    configSleepSeconds: seconds("config-sleep", flags["config-sleep"]),
    gate: flags.gate,
    governor: flags.governor,
    require: requirements(flags.require, problems),
    strict: flags.strict,
    keepFailed: flags["keep-failed"],
    failFast: flags["fail-fast"],
    maxFastFailures: count("max-fast-failures", flags["max-fast-failures"], 0),
    maxJoules: positive("max-joules", "joules", flags["max-joules"]),
    maxHours: positive("max-hours", "hours", flags["max-hours"]),
  };
  if (problems.length > 0) throw configError(problems);
  return overrides;
}

function requirements(text: string | undefined, problems: Problem[]): SettingsOverrides["require"] {
  return text?.split(",").flatMap((part) => {
    const name = REQUIREMENTS.find((known) => known === part.trim());
    if (name) return [name];
    problems.push({
      file: undefined,
      path: "--require",
      message: `expected ${REQUIREMENTS.join(", ")}, found "${part}"${suggestion(part, REQUIREMENTS)}`,
    });
    return [];
  });
}

function objectives(text: string | undefined, problems: Problem[]): SettingsOverrides["objectives"] {
  return text?.split(",").flatMap((part) => {
    const cut = part.lastIndexOf(":");
    const name = part.slice(0, Math.max(cut, 0)).trim();
    const direction = DIRECTIONS.find((known) => known === part.slice(cut + 1).trim());
    if (name !== "" && direction) return [{ name, direction }];
    problems.push({
      file: undefined,
      path: "--objectives",
      message: `expected NAME:minimize or NAME:maximize, found "${part}"`,
    });
    return [];
  });
}
