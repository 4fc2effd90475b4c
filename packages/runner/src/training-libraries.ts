import { open } from "node:fs/promises";
import { extname } from "node:path";
import { execa } from "execa";
import type { TrainingScript } from "./training-script.ts";

/** Python packages whose versions bear on energy and results. */
const PACKAGES = [
  "torch",
  "torchvision",
  "tensorflow",
  "keras",
  "jax",
  "numpy",
  "scikit-learn",
  "transformers",
  "lightning",
  "pytorch-lightning",
  "ultralytics",
];
const TIMEOUT_MS = 30_000;
/** Asks for metadata alone: importing a framework would start it. */
const QUESTION = `
import json, platform, sys
from importlib import metadata
found = {"python": platform.python_version()}
for name in sys.argv[1:]:
    try:
        found[name] = metadata.version(name)
    except metadata.PackageNotFoundError:
        pass
print(json.dumps(found))
`;

/** The libraries of every repository's training. */
export async function findAllLibraries(
  scripts: ReadonlyMap<string, TrainingScript>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const found = [...scripts].map(async ([repository, script]) => {
    return [repository, await findLibraries(script, environment)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Versions of Python and of frameworks as the training will find them; empty where it is no Python script or cannot be asked. */
export async function findLibraries(
  script: TrainingScript,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, string>>> {
  const python = extname(script.script) === ".py" ? await pythonOf(script) : undefined;
  if (python === undefined) return {};
  const [file = "", ...args] = python;
  const { failed, stdout } = await execa(file, [...args, "-c", QUESTION, ...PACKAGES], {
    cwd: script.workingDirectory,
    env: { ...environment, ...script.variables },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    timeout: TIMEOUT_MS,
  });
  return failed ? {} : versionsIn(stdout);
}

/** The interpreter that it is given, or the one in its first line. */
async function pythonOf({ script, interpreter }: TrainingScript): Promise<readonly string[] | undefined> {
  if (interpreter.some((word) => word.includes("python"))) return interpreter;
  const [first = "", ...rest] = (await firstLine(script)).replace(/^#!\s*/, "").split(/\s+/);
  return [first, ...rest].join(" ").includes("python") ? [...interpreter, first, ...rest] : undefined;
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    const [line = ""] = buffer.toString("utf8", 0, bytesRead).split("\n");
    return line.startsWith("#!") ? line.trim() : "";
  } finally {
    await file.close();
  }
}

/** The answer stands in the last line: a wrapper may have said something before. */
function versionsIn(stdout: string): Readonly<Record<string, string>> {
  try {
    const answer: unknown = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    if (typeof answer !== "object" || answer === null) return {};
    return Object.fromEntries(Object.entries(answer).flatMap(([name, version]) => [[name, String(version)]]));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
