import { resolve } from "node:path";
import { loadExperimentFile, loadModelsConfig, type RepositoryConfig } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import { type ResolvedSetting, resolvedFlags, resolvedSettings } from "../config/resolved-settings.ts";
import type { Variables } from "../config/variables.ts";
import { EXIT } from "../exit-codes.ts";
import { table } from "../format.ts";
import { type RunFlag, type RunFlags, runOptions } from "../run-options.ts";
import { settingsFromFlags } from "../settings-from-flags.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const PLACES = ["config", "project", "results"] as const;
const ASKED = [
  "experiment-config",
  "repo",
  "model",
  "mutate",
  "space",
  "plan",
  "index",
  "slots",
  "gpus-per-run",
  "isolated",
  "shared-host",
] as const;
const TOLD = ["dry-run", "plan-only", "json", "events", "heartbeat", "quiet"] as const;

/** `ea config show`: every setting of `ea run` with these flags, and where its value comes from. */
export async function showConfig(flags: RunFlags, variables: Variables, terminal: Terminal): Promise<number> {
  const project = resolve(terminal.workingDirectory, flags.project ?? ".");
  const fileName = flags["experiment-config"];
  const file = fileName === undefined ? undefined : await loadExperimentFile(fileName, project);
  const overrides = settingsFromFlags(flags);
  const defaults = { config: runOptions.config.default, results: runOptions.results.default };
  const others = (names: readonly RunFlag[]): readonly ResolvedSetting[] =>
    resolvedFlags(flags, defaults, names, variables);
  const settings = [
    ...others(PLACES),
    ...others(ASKED),
    ...resolvedSettings({ overrides, variables, file, fileName }),
    ...others(TOLD),
  ];
  const repositories = await repositoriesOf(flags, project);
  const experiments = file?.experiments.filter((item) => Object.keys(item).length > 0); // without headings
  terminal.out(
    flags.json
      ? `${JSON.stringify({ settings, experiments: experiments ?? null, repositories }, undefined, 2)}\n`
      : `${settingsTable(settings)}${section("experiments", experiments)}${section("repositories", repositories)}`,
  );
  return EXIT.ok;
}

/** The repository that `--repo` names, with everything that it leaves to a default. */
async function repositoriesOf(
  { repo, config }: RunFlags,
  project: string,
): Promise<Readonly<Record<string, RepositoryConfig>> | null> {
  if (repo === undefined) return null;
  const { models } = await loadModelsConfig(config, project);
  const found = models[repo];
  if (found) return { [repo]: found };
  throw new UsageError(`--repo: unknown repository "${repo}"${suggestion(repo, Object.keys(models))}`);
}

function settingsTable(settings: readonly ResolvedSetting[]): string {
  const rows = settings.map(({ name, value, source }) => [name, value === null ? undefined : show(value), source]);
  return table(["setting", "value", "source"], rows);
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function section(title: string, value: object | null | undefined): string {
  return value ? `\n${title}:\n${JSON.stringify(value, undefined, 2)}\n` : "";
}
