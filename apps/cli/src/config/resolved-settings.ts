import { type ExperimentFile, resolveSettings, type SettingsOverrides } from "@ea/runner";
import type { RunFlag, RunFlags } from "../run-options.ts";
import { SETTING_NAMES } from "./setting-names.ts";
import { type Variables, variableOf } from "./variables.ts";

/** A setting as a session would have it. */
export interface ResolvedSetting {
  /** The flag's name, without dashes. */
  readonly name: string;
  /** `null`: none. */
  readonly value: unknown;
  /** `--flag`, `EA_…`, `FILE: key`, or `default`. */
  readonly source: string;
}

/** What the settings of a session are resolved from, by falling precedence. */
export interface SettingSources {
  readonly overrides: SettingsOverrides;
  readonly variables: Variables;
  readonly file: ExperimentFile | undefined;
  /** The experiment file's path, as it was given. */
  readonly fileName: string | undefined;
}

/** Every setting of an experiment file with its source. */
export function resolvedSettings({ overrides, variables, file, fileName }: SettingSources): readonly ResolvedSetting[] {
  const settings = resolveSettings(overrides, file);
  const tables = { name: "historical_csvs", value: settings.historicalTables, source: tableSource(file, fileName) };
  const named = settingKeys().map((key): ResolvedSetting => {
    const [flag, inFile] = SETTING_NAMES[key];
    const isInFile = file?.[inFile] !== undefined;
    const rest = isInFile ? `${fileName}: ${inFile}` : "default";
    return {
      name: flag,
      value: settings[key] ?? null,
      source: overrides[key] === undefined ? rest : callerOf(flag, variables),
    };
  });
  return [...named, tables];
}

/** Tables without `use_deduplication` are named and not used. */
function tableSource(file: ExperimentFile | undefined, fileName: string | undefined): string {
  return file?.use_deduplication === true && file.historical_csvs ? `${fileName}: historical_csvs` : "default";
}

/** Flags that an experiment file has no key for. */
export function resolvedFlags(
  flags: RunFlags,
  defaults: Readonly<Partial<Record<RunFlag, string>>>,
  names: readonly RunFlag[],
  variables: Variables,
): readonly ResolvedSetting[] {
  return names.map((name) => {
    const value = flags[name] ?? null;
    const isDefault = value === (defaults[name] ?? null) && !Object.hasOwn(variables.values, name);
    return { name, value, source: isDefault ? "default" : callerOf(name, variables) };
  });
}

function callerOf(flag: string, { values }: Variables): string {
  return Object.hasOwn(values, flag) ? variableOf(flag) : `--${flag}`;
}

function settingKeys(): readonly (keyof typeof SETTING_NAMES)[] {
  const isKey = (key: string): key is keyof typeof SETTING_NAMES => Object.hasOwn(SETTING_NAMES, key);
  return Object.keys(SETTING_NAMES).filter(isKey);
}
