import { access, constants, open, readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import { pathText, show } from "./config-problems.ts";
import type { Problem } from "./errors.ts";
import { isDirectory } from "./load-config.ts";
import type { RepositoryConfig } from "./models-config.ts";
import { nearest, suggestion } from "./nearest.ts";
import { findActivation } from "./training-environment.ts";

/** A training script that exists, and how to start it. */
export interface TrainingScript {
  /** Absolute directory that the training runs in. */
  readonly workingDirectory: string;
  /** Absolute path of the script. */
  readonly script: string;
  /** Program that runs the script, where it cannot be executed itself or an environment says so; else the empty list. */
  readonly interpreter: readonly string[];
  /** Variables of its own, beside those of the caller; `undefined`: not there. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Interpreters for scripts without execute permission or `#!` line. */
const INTERPRETERS: Readonly<Record<string, readonly string[]>> = {
  ".py": ["python3"],
  ".sh": ["bash"],
  ".js": [process.execPath],
  ".cjs": [process.execPath],
  ".mjs": [process.execPath],
};

/** With more files than this beside a missing script, only one with a similar name is named. */
const MOST_SIBLINGS_SHOWN = 20;

/** Where a script is looked for. */
interface ScriptContext {
  readonly project: string;
  readonly configFile: string;
  /** Variables of the caller. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Finds the script of a repository and its environment, or says what is missing. */
export async function findTrainingScript(
  repository: string,
  config: RepositoryConfig,
  { project, configFile, environment }: ScriptContext,
): Promise<{ readonly script: TrainingScript } | { readonly problems: readonly Problem[] }> {
  const problem = (key: string, message: string): { readonly problems: readonly Problem[] } => ({
    problems: [{ file: configFile, path: pathText(["models", repository, key]), message }],
  });
  const workingDirectory = resolve(project, config.path);
  if (!(await isDirectory(workingDirectory))) {
    return problem("path", `expected a directory, found none at ${show(config.path)} (relative to ${project})`);
  }
  const script = resolve(workingDirectory, config.train_script);
  const isFile = await stat(script).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (!isFile) {
    const siblings = await readdir(dirname(script)).catch((): string[] => []);
    const isShortList = siblings.length <= MOST_SIBLINGS_SHOWN || nearest(basename(script), siblings) !== undefined;
    const hint = suggestion(basename(script), isShortList ? siblings : []);
    return problem(
      "train_script",
      `expected a file, found none at ${show(config.train_script)} in ${config.path}${hint}`,
    );
  }
  const isExecutable = (await canExecute(script)) && (await startsWithMagic(script));
  const activation = await findActivation(config.environment ?? {}, { workingDirectory, variables: environment });
  if ("problem" in activation) return problem("environment", activation.problem);
  const { prefix, python } = activation;
  const isPython = python !== undefined && extname(script) === ".py";
  const program = isPython ? [python] : isExecutable ? [] : INTERPRETERS[extname(script)];
  if (!program) {
    return problem(
      "train_script",
      `expected an executable file or one of ${Object.keys(INTERPRETERS).join(" ")}, found ${show(config.train_script)}`,
    );
  }
  const variables = { ...activation.variables, ...config.env };
  return { script: { workingDirectory, script, interpreter: [...prefix, ...program], variables } };
}

async function canExecute(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Whether the kernel knows how to execute the file: it begins with `#!` or is an ELF program, or nobody but the kernel may read it. */
async function startsWithMagic(path: string): Promise<boolean> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return true;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const magic = buffer.toString("latin1", 0, bytesRead);
    return magic.startsWith("#!") || magic === "\x7fELF";
  } finally {
    await file.close();
  }
}
