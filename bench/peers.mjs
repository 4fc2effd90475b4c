// The Python programs that the mutator is compared with, and the environment they need.
import { fileURLToPath } from "node:url";
import { output } from "./compare.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const VENV = here(".venv");
const VENV_PYTHON = here(".venv/bin/python");
const INSTALL_MS = 300_000;

/**
 * Finds Python (`PYTHON` names another one than python3) and installs Optuna into bench/.venv when it is not there yet.
 * What is missing has a `reason` in place of its `run`, which takes a space and a count and returns the seconds.
 */
export function findPeers() {
  const python = process.env.PYTHON ?? "python3";
  const generator = peer("original_generator.py", () => {
    console.log(`python ${output(python, ["-c", "import sys; print(sys.version, sys.executable)"]).trim()}`);
    return python;
  });
  const optuna = peer("optuna_asks.py", () => {
    console.log(`optuna ${installedOptuna() ?? freshOptuna(python)}`);
    return VENV_PYTHON;
  });
  return { generator, optuna };
}

function peer(program, findPython) {
  try {
    const python = findPython();
    return { run: (space, count) => timed(python, here(`peers/${program}`), space, count) };
  } catch (error) {
    return { reason: error.message.trim() };
  }
}

function timed(python, program, space, count) {
  const { seconds, count: found } = JSON.parse(output(python, [program, space, String(count)]));
  if (found !== count) throw new Error(`Expected ${count} configurations from ${program}, found ${found}`);
  return seconds;
}

/** The version in the environment, `undefined` when the environment is missing, broken or outdated. */
function installedOptuna() {
  try {
    output(VENV_PYTHON, ["-m", "pip", "install", "--quiet", "--no-index", "-r", here("peers/requirements.txt")]);
    return output(VENV_PYTHON, ["-c", "import optuna; print(optuna.__version__)"]).trim();
  } catch {
    return undefined;
  }
}

function freshOptuna(python) {
  console.log(`installing Optuna into ${VENV}`);
  output(python, ["-m", "venv", "--clear", VENV]);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1"];
  output(VENV_PYTHON, [...install, "-r", here("peers/requirements.txt")], { timeout: INSTALL_MS });
  const version = installedOptuna();
  if (version === undefined) throw new Error(`Expected to import optuna from ${VENV}, could not`);
  return version;
}
