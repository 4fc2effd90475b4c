import { existsSync } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, relative, resolve } from "node:path";
import { metricSetNames } from "@ea/metrics-parser";
import { loadModelsConfig, ModelsConfig } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { helpArguments } from "../init/help-arguments.ts";
import type { InitFlags } from "../init/init-options.ts";
import { mergeRepository } from "../init/merge-repository.ts";
import { proposeMetrics } from "../init/propose-metrics.ts";
import { type ProposedRepository, proposeRepository } from "../init/propose-repository.ts";
import { pythonArguments } from "../init/python-arguments.ts";
import { runHelp } from "../init/run-help.ts";
import type { ScriptArgument } from "../init/script-argument.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const MAX_SCRIPT_BYTES = 4 * 2 ** 20;

/** `ea init`: proposes how a training script is called, what may be mutated and how its results are found. */
export async function init(flags: InitFlags, terminal: Terminal): Promise<number> {
  const project = resolve(terminal.workingDirectory, flags.project ?? ".");
  const script = resolve(terminal.workingDirectory, flags.script);
  const source = await sourceOf(script, flags.script);
  const path = relative(project, dirname(script)) || ".";
  const name = flags.name ?? nameOf(script);
  const args = await argumentsOf(script, source, flags, terminal);
  const proposed = proposeRepository({
    path,
    trainScript: basename(script),
    args,
    metrics: extname(script) === ".py" ? proposeMetrics(source) : undefined,
    models: flags.model?.split(",").map((model) => model.trim()),
  });
  const checked = ModelsConfig.safeParse({ models: { [name]: proposed.entry } });
  if (!checked.success) throw new UsageError(`${flags.script}: no configuration follows: ${checked.error.message}`);

  if (flags["dry-run"]) terminal.out(textOf({ models: { [name]: proposed.entry } }));
  else terminal.out(`${await write({ name, proposed, project, file: flags.output })}\n`);
  terminal.err(advice(name, proposed, flags));
  return EXIT.ok;
}

async function sourceOf(script: string, shownAs: string): Promise<string> {
  const found = await stat(script).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError(`${shownAs}: expected a training script, found no file`);
  if (found.size > MAX_SCRIPT_BYTES) throw new UsageError(`${shownAs}: expected a script, found ${found.size} bytes`);
  return readFile(script, "utf8");
}

/** @throws {UsageError} when no argument is found: nothing could be mutated. */
async function argumentsOf(
  script: string,
  source: string,
  flags: InitFlags,
  terminal: Terminal,
): Promise<readonly ScriptArgument[]> {
  const args = flags["run-help"] ? helpArguments(await runHelp(script, terminal)) : pythonArguments(source);
  if (args.length > 0) return args;
  const where = flags["run-help"] ? "in what it prints for --help" : "(add_argument, click.option) in its source";
  const hint = flags["run-help"] ? "" : "; --run-help runs it with --help and reads what it prints";
  throw new UsageError(`${flags.script}: expected flags ${where}, found none${hint}`);
}

function nameOf(script: string): string {
  const directory = basename(dirname(script));
  return directory.replaceAll(/[^A-Za-z0-9._-]+/g, "_") || "mine";
}

async function write({
  name,
  proposed,
  project,
  file,
}: {
  readonly name: string;
  readonly proposed: ProposedRepository;
  readonly project: string;
  readonly file: string;
}): Promise<string> {
  const path = resolve(project, file);
  let content: Record<string, unknown> = {};
  if (existsSync(path)) {
    await loadModelsConfig(file, project); // one that is broken is not written to
    content = { ...JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, "")) };
  }
  const merged = mergeRepository(content, name, proposed.entry, file);
  if (!merged) return `${file} has "${name}" already, just as it is proposed`;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.tmp`;
  await writeFile(partial, textOf(merged), { flag: "wx" });
  await rename(partial, path);
  return `Written to ${file}: repository "${name}"`;
}

const textOf = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function advice(name: string, { entry, leftOut }: ProposedRepository, { output, project }: InitFlags): string {
  const {
    models,
    performance_metrics: metrics,
    supported_hyperparams: parameters,
  } = ModelsConfig.shape.models.parse({
    [name]: entry,
  })[name] ?? { models: [], performance_metrics: { log_patterns: {} }, supported_hyperparams: {} };
  const names = Object.keys(parameters);
  const where = `${output === "config/models_config.json" ? "" : ` --config ${output}`}${project === undefined ? "" : ` --project ${project}`}`;
  const what = `--repo ${name} --model ${models[0] ?? "default"}`;
  const isWithoutMetrics = Object.keys(metrics.log_patterns).length === 0;
  return [
    ...(leftOut.length > 0 ? ["Left out:", ...leftOut.map((line) => `  ${line}`)] : []),
    "Check:",
    names.length > 0
      ? `  the ranges of ${names.join(", ")}: they follow from names and defaults alone`
      : "  supported_hyperparams: nothing could be proposed, so nothing can be mutated yet",
    isWithoutMetrics
      ? `  performance_metrics: none was found in what the script prints; write log_patterns, or a preset: ${metricSetNames.join(", ")}`
      : `  the patterns of ${Object.keys(metrics.log_patterns).join(", ")}, on a log of the script`,
    "Next:",
    `  ea list${where}`,
    `  ea metrics test ${what}${where} train.log (what the script has printed)`,
    "  ea doctor",
    ...(names.length > 0 ? [`  ea doctor${where} --probe ${name} ${models[0] ?? "default"}`] : []),
    `  ea run ${what}${where} --mutate all --runs 5 --dry-run`,
    "",
  ].join("\n");
}
