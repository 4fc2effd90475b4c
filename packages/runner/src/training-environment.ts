import { access, constants } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { execa } from "execa";
import { show } from "./config-problems.ts";
import type { RepositoryConfig } from "./models-config.ts";

const CONDA_TIMEOUT_MS = 60_000;
/** A failed activation must not be followed by the environment as it was. */
const CONDA_SCRIPT = 'script=$("$0" shell.posix activate "$1") && eval "$script" && env -0';
/** What a shell sets for itself. */
const SHELL_VARIABLES = new Set(["_", "SHLVL", "PWD", "OLDPWD", "PS1"]);

/** Variables by name. */
type Variables = Readonly<Record<string, string | undefined>>;

/** What activating an environment means to a training. */
export interface Activation {
  /** Program and arguments before the training's own; mostly none. */
  readonly prefix: readonly string[];
  /** Absolute path of the environment's Python, where it has one. */
  readonly python: string | undefined;
  /** Variables that change; `undefined`: not there any more. */
  readonly variables: Variables;
}

/**
 * Finds out once what a virtual or conda environment changes, so that each training starts in it without a shell or a
 * wrapper that would cost energy and hide how it ended.
 *
 * @returns the activation, or what is wrong with the environment.
 */
export async function findActivation(
  { venv, conda, command = [] }: NonNullable<RepositoryConfig["environment"]>,
  context: { readonly workingDirectory: string; readonly variables: Variables },
): Promise<Activation | { readonly problem: string }> {
  if (venv !== undefined) return activateVenv(venv, context);
  if (conda !== undefined) return activateConda(conda, context.variables);
  return { prefix: command, python: undefined, variables: {} };
}

async function activateVenv(
  path: string,
  { workingDirectory, variables }: { readonly workingDirectory: string; readonly variables: Variables },
): Promise<Activation | { readonly problem: string }> {
  const directory = resolve(workingDirectory, path);
  const python = await executable(join(directory, "bin", "python"));
  if (python === undefined) {
    const problem = `expected a virtual environment with bin/python, found none at ${show(path)} in ${workingDirectory}`;
    return { problem };
  }
  const searched = [join(directory, "bin"), variables["PATH"] ?? ""].join(delimiter);
  return { prefix: [], python, variables: { VIRTUAL_ENV: directory, PATH: searched, PYTHONHOME: undefined } };
}

async function activateConda(name: string, before: Variables): Promise<Activation | { readonly problem: string }> {
  const conda = before["CONDA_EXE"] ?? "conda";
  const { failed, stdout, stderr, exitCode, timedOut } = await execa("sh", ["-c", CONDA_SCRIPT, conda, name], {
    env: before,
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    timeout: CONDA_TIMEOUT_MS,
  });
  if (failed) {
    const said = stderr
      .trim()
      .split("\n")
      .find((line) => line.trim() !== "");
    const words = timedOut ? `not ready after ${CONDA_TIMEOUT_MS / 1000} s` : (said ?? `exit code ${exitCode}`);
    return { problem: `expected a conda environment that can be activated, found ${show(name)}: ${words}` };
  }
  const after = new Map(
    stdout.split("\0").flatMap((entry): [string, string][] => {
      const at = entry.indexOf("=");
      return at < 1 ? [] : [[entry.slice(0, at), entry.slice(at + 1)]];
    }),
  );
  const names = [...new Set([...Object.keys(before), ...after.keys()])].filter((each) => !SHELL_VARIABLES.has(each));
  const changed = names.filter((each) => before[each] !== after.get(each));
  const prefix = after.get("CONDA_PREFIX");
  return {
    prefix: [],
    python: prefix === undefined ? undefined : await executable(join(prefix, "bin", "python")),
    variables: Object.fromEntries(changed.map((each) => [each, after.get(each)])),
  };
}

async function executable(path: string): Promise<string | undefined> {
  return access(path, constants.X_OK).then(
    () => path,
    () => undefined,
  );
}
