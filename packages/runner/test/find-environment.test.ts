import { execFileSync, spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findEnvironment } from "../src/find-environment.ts";
import { hashText } from "../src/hash.ts";
import { gpu } from "./meters.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const governor = {
  before: "powersave",
  requested: "performance",
  during: "performance",
  problem: undefined,
  restore: () => Promise.resolve(),
};

const environmentOf = (workingDirectory: string) =>
  findEnvironment(
    {
      workingDirectory,
      script: join(workingDirectory, "train.py"),
      interpreter: [],
      variables: { OMP_NUM_THREADS: "2", LC_ALL: undefined },
    },
    {
      toolVersion: "1.2.3",
      governor,
      devices: [gpu(7)],
      libraries: { python: "3.11.2" },
      environment: { PATH: "/bin", OMP_NUM_THREADS: "4", WANDB_API_KEY: "secret", CUDA_VISIBLE_DEVICES: "" },
    },
  );

/** A repository with one commit that holds `training/train.py` and `other/file`. */
async function gitRepository(): Promise<{ readonly training: string; readonly commit: string; readonly root: string }> {
  const root = await temporaryDirectory();
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "-C", root, ...args], {
      encoding: "utf8",
    });
  await put(join(root, "training/train.py"), "print(1)\n");
  await put(join(root, "other/file"), "1");
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "one");
  return { root, training: join(root, "training"), commit: git("rev-parse", "HEAD").trim() };
}

test("the machine, the governor, the devices and the tool", async () => {
  expect(await environmentOf(await temporaryDirectory())).toMatchObject({
    host: hostname(),
    nodeVersion: process.version,
    toolVersion: "1.2.3",
    governor: { before: "powersave", requested: "performance", during: "performance" },
    gpus: [{ uuid: "GPU-1", model: "H200", driverVersion: "570.1", powerLimitWatts: 700 }],
  });
});

test("variables that bear on a training are told as it sees them, and no others", async () => {
  const { variables, libraries } = await environmentOf(await temporaryDirectory());
  expect(variables).toEqual({ OMP_NUM_THREADS: "2", CUDA_VISIBLE_DEVICES: "" });
  expect(libraries).toEqual({ python: "3.11.2" });
});

const hasGit = spawnSync("git", ["--version"]).status === 0;
const why = hasGit ? "" : " (skipped: no git)";

test.skipIf(!hasGit)(`the commit and the script's hash of a clean repository${why}`, async () => {
  const { training, commit } = await gitRepository();
  expect((await environmentOf(training)).repository).toEqual({
    path: training,
    commit,
    dirty: false,
    scriptSha256: hashText("print(1)\n"),
  });
});

test.skipIf(!hasGit)(
  `a repository is dirty by what changed in the training's directory, and only there${why}`,
  async () => {
    const { training, root, commit } = await gitRepository();
    await put(join(root, "other/file"), "2");
    expect((await environmentOf(training)).repository).toMatchObject({ commit, dirty: false });
    await put(join(training, "new.py"), "");
    expect((await environmentOf(training)).repository).toMatchObject({ commit, dirty: true });
  },
);

test.skipIf(!hasGit)(
  `a directory outside of git, or before the first commit, has neither commit nor dirt${why}`,
  async () => {
    const directory = await temporaryDirectory();
    const nothing = { path: directory, commit: undefined, dirty: undefined, scriptSha256: undefined };
    expect((await environmentOf(directory)).repository).toEqual(nothing);
    execFileSync("git", ["init", "--quiet", directory]);
    expect((await environmentOf(directory)).repository).toEqual(nothing);
  },
);
