import { existsSync } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, relative, resolve } from "node:path";
import { loadModelsConfig, ModelsConfig } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { advice } from "../init/advice.ts";
import { type Answers, askProposal } from "../init/ask-proposal.ts";
import { helpArguments } from "../init/help-arguments.ts";
import type { InitFlags } from "../init/init-options.ts";
import { mergeRepository } from "../init/merge-repository.ts";
import { proposeMetrics } from "../init/propose-metrics.ts";
import { type ProposedRepository, proposeRepository } from "../init/propose-repository.ts";
import { pythonArguments } from "../init/python-arguments.ts";
import { openQuestions, type Questions, Unanswered } from "../init/questions.ts";
import { runHelp } from "../init/run-help.ts";
import type { ScriptArgument } from "../init/script-argument.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const MAX_SCRIPT_BYTES = 4 * 2 ** 20;

/**
 * `ea init`: proposes how a training script is called, what may be mutated and how its results are found. At a terminal it
 * asks about each part; Ctrl-C there writes nothing.
 */
export async function init(flags: InitFlags, terminal: Terminal): Promise<number> {
  const isAsking = terminal.isInteractive && terminal.liveColumns() !== undefined && flags.yes !== true;
  if (!isAsking) return propose(flags, terminal);
  const questions = openQuestions();
  try {
    return await propose(flags, terminal, questions);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    terminal.err("\nNothing was written\n");
    return EXIT.interrupted;
  } finally {
    questions.close();
  }
}

async function propose(flags: InitFlags, terminal: Terminal, questions?: Questions): Promise<number> {
  const project = resolve(terminal.workingDirectory, flags.project ?? ".");
  const shownAs = flags.script ?? (await questions?.ask("Training script")) ?? "";
  if (shownAs === "") throw new UsageError("init: expected a training script, found none; see ea init --help");
  const script = resolve(terminal.workingDirectory, shownAs);
  const source = await sourceOf(script, shownAs);
  const args = await argumentsOf(script, source, { ...flags, script: shownAs }, terminal);
  const found = proposeRepository({
    path: relative(project, dirname(script)) || ".",
    trainScript: basename(script),
    args,
    metrics: extname(script) === ".py" ? proposeMetrics(source) : undefined,
    models: flags.model?.split(",").map((model) => model.trim()),
  });
  const first: Answers = { name: flags.name ?? nameOf(script), output: flags.output, proposed: found };
  const { name, output, proposed } = questions ? await askProposal(first, { questions, tell: terminal.err }) : first;
  const checked = ModelsConfig.safeParse({ models: { [name]: proposed.entry } });
  if (!checked.success) throw new UsageError(`${shownAs}: no configuration follows: ${checked.error.message}`);

  if (flags["dry-run"]) terminal.out(textOf({ models: { [name]: proposed.entry } }));
  else terminal.out(`${await write({ name, proposed, project, file: output })}\n`);
  terminal.err(advice(name, proposed, { output, project: flags.project }));
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
  flags: InitFlags & { readonly script: string },
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
