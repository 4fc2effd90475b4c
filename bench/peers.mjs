// The Python programs that ours are compared with, and the environments they need.

import { fileURLToPath } from "node:url";
import { output } from "./compare.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const INSTALL_MS = 300_000;

/**
 * Finds Python (`PYTHON` names another one than python3) and installs Optuna into bench/.venv when it is not there yet.
 * What is missing has a `reason` in place of its `run`, which takes a space and a count and returns the seconds.
 */
export function findPeers() {
  const generator = peer("original_generator.py", () => {
    const python = pythonName();
    console.log(`python ${output(python, ["-c", "import sys; print(sys.version, sys.executable)"]).trim()}`);
    return python;
  });
  const optuna = peer("optuna_asks.py", () => environment("optuna").python);
  return { generator, optuna };
}

/** Python tools whose start is compared with ours, each with what it is asked; or the `reason` why one is not there. */
export function findCommandLines() {
  return ["optuna", "codecarbon", "wandb"].map((name) => {
    try {
      return { name: `${name} --help`, command: [`${environment(name).bin}/${name}`, "--help"] };
    } catch (error) {
      return { name: `${name} --help`, reason: error.message.trim() };
    }
  });
}

/** CodeCarbon's command, sampling once a second and without the network; or the `reason` why there is none. */
export function findCodeCarbon() {
  try {
    const { bin } = environment("codecarbon");
    const quiet = ["--no-api", "--offline", "--country-iso-code", "USA", "--measure-power-secs", "1"];
    return { command: [`${bin}/codecarbon`, "monitor", ...quiet, "--"] };
  } catch (error) {
    return { reason: error.message.trim() };
  }
}

/** What runs a program once per trial of an Optuna study; or the `reason` why there is none. */
export function findOptunaStudy() {
  try {
    return { command: [environment("optuna").python, here("peers/optuna_subprocess.py")] };
  } catch (error) {
    return { reason: error.message.trim() };
  }
}

/**
 * Python's ways to have statistics of a CSV column. `run` takes a file and a column and returns the seconds, without those
 * of starting and importing, and the statistics.
 */
export function findCsvReaders() {
  const reader = (name, findPython) => {
    try {
      const python = findPython();
      const program = here("peers/column_statistics.py");
      return { name, run: (file, column) => JSON.parse(output(python, [program, name, file, column])) };
    } catch (error) {
      return { name, reason: error.message.trim() };
    }
  };
  const inEnvironment = ["pandas", "polars", "duckdb"].map((name) => reader(name, () => environment(name).python));
  return [reader("DictReader", pythonName), ...inEnvironment];
}

function pythonName() {
  return process.env.PYTHON ?? "python3";
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

/** An environment of its own for one package, as `peers/PACKAGE.txt` pins it; made when it is missing, broken or outdated. */
function environment(name) {
  const bin = here(`.venv/${name}/bin`);
  const python = `${bin}/python`;
  const version = installed(name, python) ?? fresh(name, python);
  console.log(`${name} ${version}`);
  return { bin, python };
}

function installed(name, python) {
  try {
    output(python, ["-m", "pip", "install", "--quiet", "--no-index", "-r", here(`peers/${name}.txt`)]);
    return output(python, ["-c", `from importlib.metadata import version; print(version("${name}"))`]).trim();
  } catch {
    return undefined;
  }
}

function fresh(name, python) {
  console.log(`installing ${name} into ${here(`.venv/${name}`)}`);
  output(pythonName(), ["-m", "venv", "--clear", here(`.venv/${name}`)]);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1"];
  output(python, [...install, "-r", here(`peers/${name}.txt`)], { timeout: INSTALL_MS });
  const version = installed(name, python);
  if (version === undefined) throw new Error(`Expected ${name} to be installed for ${python}, it is not`);
  return version;
}
