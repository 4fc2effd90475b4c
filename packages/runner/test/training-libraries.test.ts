import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findLibraries } from "../src/training-libraries.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const PATH = process.env["PATH"];
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const why = hasPython ? "" : " (skipped: no python3)";

/** Libraries of a script, whose interpreter is given or stands in its first line. */
async function librariesOf(name: string, text: string, interpreter: readonly string[]) {
  const workingDirectory = await temporaryDirectory();
  const script = await put(join(workingDirectory, name), text, 0o755);
  const variables = { PYTHONPATH: workingDirectory };
  await put(
    join(workingDirectory, "torch-2.6.0.dist-info/METADATA"),
    "Metadata-Version: 2.1\nName: torch\nVersion: 2.6.0\n",
  );
  return findLibraries({ workingDirectory, script, interpreter, variables }, { PATH });
}

test.skipIf(!hasPython).each([
  ["by its interpreter", "print(1)\n", ["python3"]],
  ["by its first line", "#!/usr/bin/env python3\nprint(1)\n", []],
  ["behind a command that says something", "#!/usr/bin/env python3\n", ["sh", "-c", 'echo "ready"; exec "$@"', "sh"]],
])(`a Python training has the versions that it finds, %s${why}`, async (_, text, interpreter) => {
  const libraries = await librariesOf("train.py", text, interpreter);
  expect(libraries).toMatchObject({ python: expect.stringMatching(/^3\.\d+\.\d+/), torch: "2.6.0" });
  expect(libraries).not.toHaveProperty("ultralytics");
});

test.each([
  ["another language", "train.sh", "#!/bin/sh\n", []],
  ["a Python that is not there", "train.py", "", ["/nowhere/python3"]],
  ["one that answers otherwise", "train.py", "", ["echo", "python"]],
])("%s has none", async (_, name, text, interpreter) => {
  expect(await librariesOf(name, text, interpreter)).toEqual({});
});
