import { join } from "node:path";
import { expect, test } from "vitest";
import { findActivation } from "../src/training-environment.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const PATH = process.env["PATH"];

/** What conda 24 prints for `conda shell.posix activate`, and its words for a name that it does not know. */
const CONDA = `#!/bin/sh
if [ "$1 $2 $3" != "shell.posix activate torch 2" ]; then
  printf '\\nEnvironmentNameNotFound: Could not find conda environment: %s\\nYou can list all discoverable environments\\n' "$3" >&2
  exit 1
fi
prefix=$(dirname "$0")/envs/torch2
cat <<END
PS1='(torch2) '
export PATH='$prefix/bin:$PATH'
export CONDA_PREFIX='$prefix'
export CONDA_DEFAULT_ENV='torch2'
export ODD='two
lines = \\$HOME'
unset PYTHONHOME
. "$prefix/etc/conda/activate.d/cuda.sh"
END
`;

test("without one nothing changes", async () => {
  const activation = await findActivation({}, { workingDirectory: "/", variables: {} });
  expect(activation).toEqual({ prefix: [], python: undefined, variables: {} });
});

test("a command stands before the training's own", async () => {
  const activation = await findActivation({ command: ["uv", "run"] }, { workingDirectory: "/", variables: {} });
  expect(activation).toEqual({ prefix: ["uv", "run"], python: undefined, variables: {} });
});

test("a virtual environment comes first on PATH, and has the Python", async () => {
  const workingDirectory = await temporaryDirectory();
  const python = await put(join(workingDirectory, ".venv/bin/python"), "#!/bin/sh\n", 0o755);
  const variables = { PATH: "/usr/bin", PYTHONHOME: "/old" };
  expect(await findActivation({ venv: ".venv" }, { workingDirectory, variables })).toEqual({
    prefix: [],
    python,
    variables: {
      PATH: `${join(workingDirectory, ".venv/bin")}:/usr/bin`,
      VIRTUAL_ENV: join(workingDirectory, ".venv"),
      PYTHONHOME: undefined,
    },
  });
});

test("a directory that is no virtual environment is a problem", async () => {
  const workingDirectory = await temporaryDirectory();
  expect(await findActivation({ venv: "venv" }, { workingDirectory, variables: {} })).toEqual({
    problem: `expected a virtual environment with bin/python, found none at "venv" in ${workingDirectory}`,
  });
});

test("a conda environment is what conda's activation makes of the variables, its own scripts included", async () => {
  const directory = await temporaryDirectory();
  const conda = await put(join(directory, "conda"), CONDA, 0o755);
  const prefix = join(directory, "envs/torch2");
  const python = await put(join(prefix, "bin/python"), "#!/bin/sh\n", 0o755);
  await put(join(prefix, "etc/conda/activate.d/cuda.sh"), "export LD_LIBRARY_PATH=/cuda/lib64\n");
  const variables = { PATH, PYTHONHOME: "/old", HOME: "/home/me", CONDA_EXE: conda };
  expect(await findActivation({ conda: "torch 2" }, { workingDirectory: "/", variables })).toEqual({
    prefix: [],
    python,
    variables: {
      PATH: `${prefix}/bin:${PATH}`,
      CONDA_PREFIX: prefix,
      CONDA_DEFAULT_ENV: "torch2",
      LD_LIBRARY_PATH: "/cuda/lib64",
      ODD: "two\nlines = $HOME",
      PYTHONHOME: undefined,
    },
  });
});

test("what conda does not know is a problem, in conda's words", async () => {
  const directory = await temporaryDirectory();
  const CONDA_EXE = await put(join(directory, "conda"), CONDA, 0o755);
  const context = { workingDirectory: "/", variables: { PATH, CONDA_EXE } };
  expect(await findActivation({ conda: "toch" }, context)).toEqual({
    problem:
      'expected a conda environment that can be activated, found "toch": EnvironmentNameNotFound: Could not find conda environment: toch',
  });
});

test("without conda it says so", async () => {
  const context = { workingDirectory: "/", variables: { PATH: "/usr/bin:/bin", CONDA_EXE: "/nowhere/conda" } };
  expect(await findActivation({ conda: "torch" }, context)).toEqual({
    problem: expect.stringMatching(/found "torch": .*\/nowhere\/conda: not found$/),
  });
});
