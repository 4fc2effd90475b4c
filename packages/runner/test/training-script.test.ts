import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findTrainingScript } from "../src/training-script.ts";
import { repository } from "./examples.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const CONFIG_FILE = "models.json";
const find = (project: string, train_script: string) =>
  findTrainingScript("mine", repository({ train_script }), { project, configFile: CONFIG_FILE, environment: {} });

test("a missing directory is named with where it was looked for", async () => {
  const project = await temporaryDirectory();
  expect(await find(project, "train.py")).toEqual({
    problems: [
      {
        file: CONFIG_FILE,
        path: "models.mine.path",
        message: `expected a directory, found none at "training" (relative to ${project})`,
      },
    ],
  });
});

test.each([
  ["trian.py", 'expected a file, found none at "trian.py" in training; did you mean "train.py"?'],
  ["./src/trian.py", 'expected a file, found none at "./src/trian.py" in training; did you mean "train.py"?'],
  ["else.sh", 'expected a file, found none at "else.sh" in training; valid: src, train.py'],
  ["no/where.py", 'expected a file, found none at "no/where.py" in training'],
  ["src", 'expected a file, found none at "src" in training; did you mean "src"?'],
])("the missing script %s", async (script, message) => {
  const project = await temporaryDirectory();
  await put(join(project, "training/train.py"), "");
  await put(join(project, "training/src/train.py"), "");
  const result = await find(project, script);
  expect(result).toMatchObject({ problems: [{ path: "models.mine.train_script" }] });
  expect("problems" in result && result.problems[0]?.message.replace("train.py, src", "src, train.py")).toBe(message);
});

test("among many files only a similar name is told", async () => {
  const project = await temporaryDirectory();
  for (let index = 0; index < 30; index += 1) await put(join(project, `training/data-${index}.csv`), "");
  await put(join(project, "training/train.py"), "");
  const message = async (script: string) => {
    const result = await find(project, script);
    return "problems" in result ? result.problems[0]?.message : undefined;
  };
  expect(await message("trein.py")).toMatch(/did you mean "train.py"\?$/);
  expect(await message("main.R")).toMatch(/in training$/);
});

test.each([
  ["train.py", ["python3"]],
  ["train.sh", ["bash"]],
  ["train.mjs", [process.execPath]],
  ["train.js", [process.execPath]],
])("%s without execute permission gets its interpreter", async (name, interpreter) => {
  const project = await temporaryDirectory();
  const script = await put(join(project, "training", name), "#!/usr/bin/env python3\n");
  expect(await find(project, name)).toEqual({
    script: { workingDirectory: join(project, "training"), script, interpreter, variables: {} },
  });
});

test("an executable script with a #! line is started directly", async () => {
  const project = await temporaryDirectory();
  await put(join(project, "training/train.py"), "#!/usr/bin/env python3\n", 0o755);
  expect(await find(project, "./train.py")).toMatchObject({ script: { interpreter: [] } });
});

test("an executable script without a #! line gets its interpreter", async () => {
  const project = await temporaryDirectory();
  await put(join(project, "training/train.py"), "print()\n", 0o755);
  expect(await find(project, "train.py")).toMatchObject({ script: { interpreter: ["python3"] } });
});

test("a program is started directly", async () => {
  const project = await temporaryDirectory();
  await mkdir(join(project, "training"));
  await copyFile("/bin/true", join(project, "training/train"));
  expect(await find(project, "train")).toMatchObject({ script: { interpreter: [] } });
});

test("a file that nothing can run is a problem", async () => {
  const project = await temporaryDirectory();
  await put(join(project, "training/train.R"), "");
  expect(await find(project, "train.R")).toMatchObject({
    problems: [{ message: 'expected an executable file or one of .py .sh .js .cjs .mjs, found "train.R"' }],
  });
});
